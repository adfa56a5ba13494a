import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ReviewCommentOptions, reviewCommentCommand } from "../../../cli/pipeline/review-comment";
import { reviewRenderCommand } from "../../../cli/pipeline/review-render";
import type { Review } from "../../../review/finding";
import { renderJson } from "../../../review/render/json";
import { CodeHost } from "../../review/pipeline/code-host";
import { NOTHING, SHORT } from "../../review/render/sample";

const SHA = "a".repeat(40);
const before = { ...process.env };

let host: CodeHost;
let folder: string;
let said: string;

beforeEach(async () => {
  host = new CodeHost();
  folder = mkdtempSync(join(tmpdir(), "strongroom-comment-"));
  said = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  for (const name of Object.keys(process.env)) if (/^(GITHUB|CI)_/.test(name)) delete process.env[name];
  await host.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.env = { ...before };
  rmSync(folder, { recursive: true });
  await host.stop();
});

function written(review: Review): string {
  const path = join(folder, "review.json");
  writeFileSync(path, renderJson(review));
  return path;
}

function onGithub(from = "org/vault"): void {
  const event = join(folder, "event.json");
  const head = { sha: SHA, repo: { full_name: from } };
  writeFileSync(
    event,
    JSON.stringify({ pull_request: { number: 17, head, base: { repo: { full_name: "org/vault" } } } }),
  );
  Object.assign(process.env, {
    GITHUB_API_URL: host.address,
    GITHUB_REPOSITORY: "org/vault",
    GITHUB_TOKEN: "canary",
    GITHUB_EVENT_PATH: event,
    GITHUB_RUN_ID: "5",
  });
}

const comment = (more: Partial<ReviewCommentOptions> = {}) =>
  reviewCommentCommand({ review: more.review ?? written(SHORT), platform: "github", ...more });

const refuseWrites = () => {
  host.upset = ({ method }) =>
    method === "GET"
      ? undefined
      : { status: 403, body: { message: "Resource not accessible by integration" } };
};

test("on GitHub the comment links to the lines of the commit and to the run", async () => {
  onGithub();
  await comment({ folder: "infra" });
  expect(host.comments[0]?.body).toContain(
    `(https://github.com/org/vault/blob/${SHA}/infra/systems/dotmac.ts#L18)`,
  );
  expect(host.comments[0]?.body).toContain("[the report](https://github.com/org/vault/actions/runs/5)");
  expect(said).toBe("comment created: https://git.example/comment/1\n");
});

test("nothing found leaves a pull request alone", async () => {
  onGithub();
  await comment({ review: written(NOTHING) });
  expect(host.comments).toEqual([]);
  expect(said).toContain("no comment: nothing was found");
});

test("on a fork a token that may not write is no failure, and the reason is said", async () => {
  onGithub("fork/vault");
  refuseWrites();
  await comment();
  expect(said).toContain("no comment: this job's token may not write here");
});

test("in the repository itself it is a failure that says what to do", async () => {
  onGithub();
  refuseWrites();
  await expect(comment()).rejects.toMatchObject({
    exitCode: 3,
    nextStep: expect.stringContaining("right to comment"),
  });
});

test("what a fork's own code found out is told to be so, and links to the run that found it", async () => {
  onGithub();
  const own = { full_name: "org/vault" };
  const from = { full_name: "fork/vault", owner: { login: "fork" } };
  host.pulls = [{ number: 9, head: { sha: SHA, repo: from }, base: { repo: own } }];
  const run = {
    event: "pull_request",
    head_sha: SHA,
    head_branch: "b",
    head_repository: from,
    html_url: "https://ci.example/7",
  };
  writeFileSync(join(folder, "event.json"), JSON.stringify({ workflow_run: run }));
  await comment();
  expect(host.calls.at(-1)).toBe("POST /repos/org/vault/issues/9/comments");
  expect(host.comments[0]?.body).toContain("made by the fork's own copy of the code");
  expect(host.comments[0]?.body).toContain("[the report](https://ci.example/7)");
});

test("a run whose commit is no longer the head of a pull request leaves no comment", async () => {
  onGithub();
  const from = { full_name: "fork/vault", owner: { login: "fork" } };
  const run = { event: "pull_request", head_sha: SHA, head_branch: "b", head_repository: from };
  writeFileSync(join(folder, "event.json"), JSON.stringify({ workflow_run: run }));
  await comment();
  expect(host.comments).toEqual([]);
  expect(said).toContain("not the head of exactly one open pull request");
});

test("Dependabot's token is like that of a fork", async () => {
  onGithub();
  process.env.GITHUB_ACTOR = "dependabot[bot]";
  refuseWrites();
  await comment();
  expect(said).toContain("may not write here");
});

test("on GitLab the variables of its jobs are enough", async () => {
  Object.assign(process.env, {
    CI_API_V4_URL: `${host.address}/api/v4`,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "3",
    CI_COMMIT_SHA: SHA,
    CI_JOB_URL: "https://gitlab.example/jobs/1",
    CI_MERGE_REQUEST_SOURCE_PROJECT_URL: "https://gitlab.example/g/p",
    STRONGROOM_GITLAB_TOKEN: "canary",
  });
  await comment({ platform: "gitlab" });
  expect(host.calls.at(-1)).toBe("POST /api/v4/projects/42/merge_requests/3/notes");
  expect(host.comments[0]?.body).toContain(
    `(https://gitlab.example/g/p/-/blob/${SHA}/systems/dotmac.ts#L18)`,
  );
});

test("on GitLab the merge request's own project and commit count, not those of a fork or a merged result", async () => {
  Object.assign(process.env, {
    CI_API_V4_URL: `${host.address}/api/v4`,
    CI_PROJECT_ID: "43",
    CI_MERGE_REQUEST_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "3",
    CI_COMMIT_SHA: "0".repeat(40),
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: SHA,
    CI_MERGE_REQUEST_SOURCE_PROJECT_URL: "https://gitlab.example/g/p",
    STRONGROOM_GITLAB_TOKEN: "canary",
  });
  await comment({ platform: "gitlab" });
  expect(host.calls.at(-1)).toBe("POST /api/v4/projects/42/merge_requests/3/notes");
  expect(host.comments[0]?.body).toContain(`/-/blob/${SHA}/systems/dotmac.ts#L18)`);
});

test.each([
  [{ platform: "bitbucket" }, "--platform"],
  [{ pullRequest: "17; rm" }, "is no number of a pull request"],
  [{ whenNothing: "hide" }, "--when-nothing"],
  [{ key: "a b" }, "The key of a review comment"],
])("%j is refused as usage", async (more, words) => {
  onGithub();
  await expect(comment(more)).rejects.toMatchObject({ exitCode: 2, what: expect.stringContaining(words) });
  expect(host.comments).toEqual([]);
});

test("without a token the missing variable is named", async () => {
  onGithub();
  delete process.env.GITHUB_TOKEN;
  await expect(comment()).rejects.toThrow("The variable GITHUB_TOKEN is not set.");
});

test("a review that is not there is named", async () => {
  onGithub();
  await expect(comment({ review: join(folder, "none.json") })).rejects.toThrow("Cannot read the review");
});

test("a review is shown in another format without reviewing again", () => {
  reviewRenderCommand({ review: written(SHORT), format: "sarif", folder: "infra", key: "production" });
  expect(said).toContain('"uri": "infra/systems/dotmac.ts"');
  expect(said).toContain('"id": "strongroom-review/production/"');
});

test("a format that there is none of is refused", () => {
  expect(() => reviewRenderCommand({ review: written(SHORT), format: "toString" })).toThrow(
    "Give one of terminal",
  );
});
