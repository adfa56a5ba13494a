import { GithubComments } from "../../../review/pipeline/github";
import { GitlabNotes } from "../../../review/pipeline/gitlab";
import { type CommentPlatform, NotPermittedError } from "../../../review/pipeline/platform";
import { postComment } from "../../../review/pipeline/post-comment";
import { renderMarkdown } from "../../../review/render/markdown";
import { long, NOTHING, SHORT } from "../render/sample";
import { CodeHost } from "./code-host";

const BODY = renderMarkdown(SHORT);
const QUIET = renderMarkdown(NOTHING);
const TOKEN = "canary-token-3f1c";

let host: CodeHost;
let waits: number[];

beforeEach(async () => {
  host = new CodeHost();
  waits = [];
  await host.start();
});
afterEach(() => host.stop());

const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);

const github = (): CommentPlatform =>
  new GithubComments({ api: host.address, repository: "org/vault", pullRequest: 17, token: TOKEN, wait });
const gitlab = (): CommentPlatform =>
  new GitlabNotes({
    api: `${host.address}/api/v4`,
    project: "group/vault",
    mergeRequest: 17,
    token: TOKEN,
    wait,
  });

describe.each([
  ["GitHub", github],
  ["GitLab", gitlab],
])("on %s", (_, platform) => {
  test("the first review makes a comment, the next one updates it, the same one again does nothing", async () => {
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
    const other = renderMarkdown(long(3));
    expect((await postComment(platform(), { body: other, nothing: false })).action).toBe("updated");
    host.arrived.length = 0;
    expect((await postComment(platform(), { body: other, nothing: false })).action).toBe("unchanged");
    expect(host.arrived.every(({ method }) => method === "GET")).toBe(true);
    expect(host.comments.map(({ body }) => body)).toEqual([other]);
  });

  test("our comment is found behind 250 others, page by page", async () => {
    for (let index = 0; index < 250; index++) host.stands(`comment ${index}`, "someone");
    const ours = host.stands(QUIET);
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("updated");
    expect(ours.body).toBe(BODY);
    expect(host.comments).toHaveLength(251);
  });

  test("a comment of another person with our marker stays as it is", async () => {
    const theirs = host.stands(`${BODY}\nforged`, "someone");
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
    expect(theirs.body).toBe(`${BODY}\nforged`);
    expect(host.comments).toHaveLength(2);
  });

  test("a comment of ours that only quotes the marker is not taken for it", async () => {
    host.stands(`look: ${BODY}`);
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
  });

  test("nothing found and nothing said: nothing is sent", async () => {
    expect(await postComment(platform(), { body: QUIET, nothing: true })).toEqual({ action: "none" });
    expect(host.arrived.every(({ method }) => method === "GET")).toBe(true);
  });

  test("nothing found any more: the comment becomes quiet, or goes when that is asked", async () => {
    host.stands(BODY);
    expect((await postComment(platform(), { body: QUIET, nothing: true })).action).toBe("updated");
    expect(host.comments.map(({ body }) => body)).toEqual([QUIET]);
    expect(
      (await postComment(platform(), { body: QUIET, nothing: true, whenNothing: "delete" })).action,
    ).toBe("deleted");
    expect(host.comments).toEqual([]);
  });

  test("two reviews of one change have a comment each, told apart by their keys", async () => {
    for (const key of ["staging", "production"]) {
      await postComment(platform(), { body: renderMarkdown(SHORT, { key }), nothing: false, key });
      await postComment(platform(), { body: renderMarkdown(long(2), { key }), nothing: false, key });
    }
    expect(host.comments).toHaveLength(2);
  });

  test("of several of ours, which two runs at once can leave, one stays", async () => {
    const first = host.stands(QUIET);
    host.stands(BODY);
    await postComment(platform(), { body: BODY, nothing: false });
    expect(host.comments.map(({ id }) => id)).toEqual([first.id]);
  });

  test("a comment that is deleted meanwhile is made anew", async () => {
    host.stands(QUIET);
    host.upset = ({ method }) =>
      method === "PATCH" || method === "PUT" ? { status: 404, body: {} } : undefined;
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
  });

  test("a host that fails three times is asked four times, later each time", async () => {
    let failures = 3;
    host.upset = ({ method, path }) =>
      method === "GET" && path !== "/user" && failures-- > 0 ? { status: 502, body: {} } : undefined;
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  test("a host that goes on failing ends it with a sentence that does not hold the token", async () => {
    host.upset = () => ({ status: 500, body: { message: "boom" } });
    const failure = await postComment(platform(), { body: BODY, nothing: false }).catch(
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ exitCode: 3, message: expect.stringContaining('answered 500: "boom"') });
    expect(String((failure as Error).stack)).not.toContain(TOKEN);
  });

  test("going too fast is waited out as long as the host says, also before a create", async () => {
    let refusals = 1;
    host.upset = ({ method }) =>
      method === "POST" && refusals-- > 0
        ? { status: 429, headers: { "retry-after": "17" }, body: {} }
        : undefined;
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
    expect(waits).toEqual([17_000]);
    expect(host.comments).toHaveLength(1);
  });

  test("a wait longer than a job's patience is not waited", async () => {
    host.upset = () => ({ status: 429, headers: { "retry-after": "3600" }, body: {} });
    await expect(postComment(platform(), { body: BODY, nothing: false })).rejects.toThrow("answered 429");
    expect(waits).toEqual([]);
  });

  test.each(["before", "after"] as const)(
    "a create that is cut off %s it was done leaves one comment",
    async (drop) => {
      let cuts = 1;
      host.upset = ({ method }) => (method === "POST" && cuts-- > 0 ? { drop } : undefined);
      expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
      expect(host.comments).toHaveLength(1);
    },
  );

  test("a create that fails with 502 after it was done leaves one comment", async () => {
    let failures = 1;
    host.upset = ({ method }) => {
      if (method !== "POST" || failures-- <= 0) return undefined;
      host.stands(BODY);
      return { status: 502, body: {} };
    };
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("created");
    expect(host.comments).toHaveLength(1);
  });

  test("a token that may not write ends it as not permitted, at once", async () => {
    host.upset = ({ method }) =>
      method === "POST"
        ? { status: 403, body: { message: "Resource not accessible by integration" } }
        : undefined;
    await expect(postComment(platform(), { body: BODY, nothing: false })).rejects.toThrow(NotPermittedError);
    expect(waits).toEqual([]);
  });

  test.each([
    [401, "The token is wrong or has expired"],
    [404, "Check repository and number"],
    [301, "It has moved"],
    [422, "Check repository, number"],
  ])("an answer %d is told with what to do", async (status, words) => {
    host.upset = ({ path }) =>
      /comments|notes/.test(path)
        ? { status, headers: { location: "http://127.0.0.1:1/" }, body: {} }
        : undefined;
    await expect(postComment(platform(), { body: BODY, nothing: false })).rejects.toThrow(words);
  });

  test("a next page on another host is not followed with the token", async () => {
    host.upset = ({ method, path }) =>
      method === "GET" && path !== "/user" && !path.endsWith("/user")
        ? { status: 200, headers: { link: '<http://evil.example/steal>; rel="next"' }, body: [] }
        : undefined;
    await expect(postComment(platform(), { body: BODY, nothing: false })).rejects.toThrow(
      "next page is on another host",
    );
  });

  test("a body over the limit is cut at a line, its folds closed, and says so", async () => {
    const { limit } = platform();
    const body = `${BODY}\n<details><summary>x</summary>\n\n${"- `+` one more line\n".repeat(limit / 10)}\n</details>\n`;
    await postComment(platform(), { body, nothing: false });
    const posted = host.comments[0]?.body ?? "";
    expect(posted.length).toBeLessThanOrEqual(limit);
    expect(posted.match(/<details>/g)?.length).toBe(posted.match(/<\/details>/g)?.length);
    expect(posted).toContain("The rest is left out here for want of room");
    expect(posted.startsWith("<!-- strongroom-review -->")).toBe(true);
  });

  test("ends of lines that the host changed are no difference", async () => {
    host.stands(BODY.replaceAll("\n", "\r\n").trim());
    expect((await postComment(platform(), { body: BODY, nothing: false })).action).toBe("unchanged");
  });
});

test("GitHub is asked as its documentation says", async () => {
  await postComment(github(), { body: BODY, nothing: false });
  expect(host.calls).toEqual([
    "GET /user",
    "GET /repos/org/vault/issues/17/comments",
    "POST /repos/org/vault/issues/17/comments",
  ]);
  expect(host.arrived[1]?.path).toContain("per_page=100");
  expect(host.arrived[2]?.headers).toMatchObject({
    accept: "application/vnd.github+json",
    authorization: `Bearer ${TOKEN}`,
    "x-github-api-version": "2022-11-28",
  });
  expect(host.arrived[2]?.body).toEqual({ body: BODY });
});

test("GitLab is asked as its documentation says, and the path of a project is one segment", async () => {
  await postComment(gitlab(), { body: BODY, nothing: false });
  const notes = "/api/v4/projects/group%2Fvault/merge_requests/17/notes";
  expect(host.calls).toEqual(["GET /api/v4/user", `GET ${notes}`, `POST ${notes}`]);
  expect(host.arrived[2]?.headers).toMatchObject({ "private-token": TOKEN });
});

test("a job's own token on GitHub may not ask who it is: it writes as github-actions[bot]", async () => {
  host.user = undefined;
  const ours = host.stands(QUIET, "github-actions[bot]");
  host.stands(QUIET, "someone");
  await postComment(github(), { body: BODY, nothing: false });
  expect(ours.body).toBe(BODY);
});

test.each([
  [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "IN 30 S" }, {}, 31_000],
  [{}, { message: "You have exceeded a secondary rate limit" }, 60_000],
])("GitHub's 403 for going too fast is no refusal: %j %j", async (headers, body, expected) => {
  let refusals = 1;
  const reset = String(Math.floor(Date.now() / 1000) + 30);
  host.upset = ({ method }) =>
    method === "POST" && refusals-- > 0
      ? {
          status: 403,
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, value === "IN 30 S" ? reset : value]),
          ),
          body,
        }
      : undefined;
  expect((await postComment(github(), { body: BODY, nothing: false })).action).toBe("created");
  expect(waits).toHaveLength(1);
  expect(Math.abs((waits[0] ?? 0) - expected)).toBeLessThan(2000);
});

test.each(["org", "org/vault/issues", "../vault", "org/..", "org/a b", "org/vault?x"])(
  "%j is no repository",
  (repository) => {
    expect(() => new GithubComments({ repository, pullRequest: 1, token: TOKEN })).toThrow(
      "is no repository",
    );
  },
);
