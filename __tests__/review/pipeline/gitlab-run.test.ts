import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeProject } from "./small-project";
import { type GitlabJob, yamlOf } from "./yaml-files";

// Starts processes: slow on a busy machine.
jest.setTimeout(30_000);

/** Runs the job's script as a runner does, all of it in one shell that stops at the first failure; npm does nothing here. */
const { "access-review": job } = yamlOf<Record<string, GitlabJob>>("ci/gitlab-review.yml");

let folder: string;
let project: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom gitlab-"));
  project = join(folder, "checkout");
  makeProject(project, "infra");
  writeFileSync(join(folder, "npm"), "#!/bin/sh\n", { mode: 0o755 });
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(shell: string, variables: Readonly<Record<string, string>> = {}) {
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  const { status, stdout } = spawnSync(shell, ["-e", "-c", job?.script.join("\n") ?? "exit 99"], {
    cwd: project,
    encoding: "utf8",
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      CALLS: calls,
      CI_PROJECT_DIR: project,
      CI_PROJECT_ID: "42",
      CI_MERGE_REQUEST_PROJECT_ID: "42",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: "4f1c2aa",
      ...job?.variables,
      STRONGROOM_PROJECT: "infra",
      ...variables,
    },
  });
  const words = readFileSync(calls, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line): string[] => JSON.parse(line));
  return { status, stdout, calls: words };
}

describe.each(["bash", "sh"])("in %s", (shell) => {
  test("without a token the review is among the artifacts, and that is said", () => {
    const { status, stdout, calls } = run(shell);
    expect(status).toBe(0);
    expect(calls.map(([command]) => command)).toEqual(["review", "review-render"]);
    expect(calls[0]?.slice(0, 3)).toEqual(["review", "--base=git:4f1c2aa", "--fail-on=gained"]);
    expect(stdout).toContain("No note, for STRONGROOM_GITLAB_TOKEN is not set");
    for (const file of ["review.json", "review.xml"])
      expect(existsSync(join(project, "access-review", file))).toBe(true);
  });

  test("with a token a note is asked for, and the token is no word of the command", () => {
    const { calls } = run(shell, { STRONGROOM_GITLAB_TOKEN: "canary" });
    expect(calls[2]).toEqual([
      "review-comment",
      "--platform=gitlab",
      expect.stringMatching(/^--review=.*review\.json$/),
      "--folder=infra/",
      "--key=default",
    ]);
  });

  test("of a merged result the target is the base, and not where the branch left it", () => {
    const { calls } = run(shell, { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: "91b07de" });
    expect(calls[0]).toContain("--base=git:91b07de");
  });

  test("in a fork's own pipeline no note is tried, for its number is of another project", () => {
    const { calls, stdout } = run(shell, {
      STRONGROOM_GITLAB_TOKEN: "canary",
      CI_PROJECT_ID: "43",
      CI_MERGE_REQUEST_PROJECT_ID: "42",
    });
    expect(calls.map(([command]) => command)).toEqual(["review", "review-render"]);
    expect(stdout).toContain("No note");
  });

  test("the verdict is told after the report and the note", () => {
    const { status, calls } = run(shell, { EXIT: "1", STRONGROOM_GITLAB_TOKEN: "canary" });
    expect(status).toBe(1);
    expect(calls.map(([command]) => command)).toEqual(["review", "review-render", "review-comment"]);
  });

  test.each([
    ["2", 2],
    ["0", 3],
  ])("a command that leaves no review and exits with %s ends the job with %d", (EXIT, status) => {
    const ended = run(shell, { EXIT, REVIEW: "none" });
    expect(ended.status).toBe(status);
    expect(ended.calls).toHaveLength(1);
  });

  test("approvals that the change adds count where that is asked for, and nowhere else", () => {
    const asked = (STRONGROOM_ACCEPT_NEW_APPROVALS: string) =>
      run(shell, { STRONGROOM_ACCEPT_NEW_APPROVALS }).calls[0];
    expect(asked("true")).toContain("--accept-new-approvals");
    expect(asked("false")).not.toContain("--accept-new-approvals");
    expect(run(shell).calls[0]).not.toContain("--accept-new-approvals");
  });

  test("what variables hold is text and no code", () => {
    const { calls } = run(shell, { STRONGROOM_FAIL_ON: "$(touch pwned); touch pwned" });
    expect(calls[0]).toContain("--fail-on=$(touch pwned); touch pwned");
    expect(existsSync(join(project, "infra", "pwned"))).toBe(false);
  });
});
