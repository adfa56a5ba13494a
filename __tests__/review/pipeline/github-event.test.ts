import { githubApi } from "../../../review/pipeline/github";
import { changeOfEvent } from "../../../review/pipeline/github-event";
import { CodeHost } from "./code-host";

const SHA = "a".repeat(40);
const NEWER = "b".repeat(40);

let host: CodeHost;
beforeEach(async () => {
  host = new CodeHost();
  await host.start();
});
afterEach(() => host.stop());

const ask = (event: unknown) =>
  changeOfEvent(event, "org/vault", githubApi({ api: host.address, token: "t" }));

function pull(more: { number?: number; sha?: string; from?: string | null; base?: string } = {}): object {
  const { number = 17, sha = SHA, from = "fork/vault", base = "org/vault" } = more;
  return {
    number,
    head: { sha, repo: from === null ? null : { full_name: from } },
    base: { repo: { full_name: base } },
  };
}

function run(more: object = {}): object {
  return {
    workflow_run: {
      event: "pull_request",
      head_sha: SHA,
      head_branch: "wide grants",
      head_repository: { full_name: "fork/vault", owner: { login: "fork" } },
      html_url: "https://github.com/org/vault/actions/runs/5",
      pull_requests: [],
      ...more,
    },
  };
}

test("a pull_request event names its pull request, and whether it comes from a fork", async () => {
  expect(await ask({ pull_request: pull() })).toEqual({
    pullRequest: 17,
    sha: SHA,
    repository: "fork/vault",
    fork: true,
  });
  expect(await ask({ pull_request: pull({ from: "Org/Vault" }) })).toMatchObject({ fork: false });
  expect(await ask({ pull_request: pull({ from: null }) })).toMatchObject({
    fork: true,
    repository: "org/vault",
  });
  expect(host.arrived).toEqual([]);
});

test("a workflow_run event of a fork is led back to its pull request by commit and branch", async () => {
  host.pulls = [pull()];
  expect(await ask(run())).toEqual({
    pullRequest: 17,
    sha: SHA,
    repository: "fork/vault",
    fork: true,
    runUrl: "https://github.com/org/vault/actions/runs/5",
  });
  expect(host.arrived[0]?.path).toBe(
    "/repos/org/vault/pulls?state=open&head=fork%3Awide%20grants&per_page=100",
  );
});

test.each([
  ["the branch has moved on since", [pull({ sha: NEWER })]],
  [
    "two pull requests have the same head, so that nobody knows which was reviewed",
    [pull(), pull({ number: 18 })],
  ],
  ["it is closed", []],
  ["the branch of that name is in another fork", [pull({ from: "other/vault" })]],
  ["it goes to another repository", [pull({ base: "other/vault" })]],
])("there is none where %s", async (_, pulls) => {
  host.pulls = pulls;
  expect(await ask(run())).toBeUndefined();
});

test("a run that was started by anything but a pull request has none, and the host is not asked", async () => {
  expect(await ask(run({ event: "push" }))).toBeUndefined();
  expect(host.arrived).toEqual([]);
});

test.each([
  ["another event", { push: {} }],
  ["a number that is none", { pull_request: { ...pull(), number: "17/../../1" } }],
  ["a commit that is none", { pull_request: pull({ sha: "main" }) }],
  ["null", null],
])("%s is refused", async (_, event) => {
  await expect(ask(event)).rejects.toThrow("about no pull request");
});

test("a repository whose name leads elsewhere is refused", async () => {
  await expect(ask({ pull_request: pull({ from: "a/../b" }) })).rejects.toThrow("is no repository");
});
