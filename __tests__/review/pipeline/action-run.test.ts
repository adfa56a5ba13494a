import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitIn, makeProject } from "./small-project";
import { type Action, yamlOf } from "./yaml-files";

// Starts processes: slow on a busy machine.
jest.setTimeout(30_000);

/**
 * Runs the action's own scripts as GitHub's runner does (`bash --noprofile --norc -eo pipefail`), in a small project whose
 * command notes down with which words it was called and writes a review. What GitHub itself does (its expressions, other
 * actions) is not run.
 */
const action = yamlOf<Action>("action.yml");

let folder: string;
let project: string;
const git = (...words: string[]) => gitIn(project, ...words);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom action-"));
  project = join(folder, "checkout");
  makeProject(project, "infra");
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly status: number | null;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly calls: string[][];
  readonly summary: string;
}

/** One step, its inputs in the variables that the action gives it. */
function step(name: string, variables: Readonly<Record<string, string>>): Run {
  const found = action.runs.steps.find((one) => one.name === name);
  const [output, calls, summary] = ["output", "calls", "summary"].map((file) => join(folder, file)) as [
    string,
    string,
    string,
  ];
  for (const file of [output, calls, summary]) writeFileSync(file, "");
  const given = Object.fromEntries(Object.keys(found?.env ?? {}).map((key) => [key, variables[key] ?? ""]));
  const result = spawnSync(
    "bash",
    ["--noprofile", "--norc", "-eo", "pipefail", "-c", found?.run ?? "exit 99"],
    {
      cwd: project,
      encoding: "utf8",
      env: {
        PATH: process.env.PATH,
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_REPOSITORY: "org/vault",
        GITHUB_ACTOR: variables.GITHUB_ACTOR ?? "someone",
        GITHUB_SHA: git("rev-parse", "HEAD"),
        CALLS: calls,
        EXIT: variables.EXIT ?? "0",
        REVIEW: variables.REVIEW ?? "",
        ...given,
      },
    },
  );
  const lines = (file: string) => readFileSync(file, "utf8").split("\n").filter(Boolean);
  return {
    status: result.status,
    stderr: result.stderr,
    outputs: Object.fromEntries(lines(output).map((line) => line.split(/=(.*)/s))),
    calls: lines(calls).map((line) => JSON.parse(line)),
    summary: readFileSync(summary, "utf8"),
  };
}

const ASKED = {
  KEY: "default",
  PROJECT: "infra",
  EVENT: "pull_request",
  HEAD_REPOSITORY: "org/vault",
  FAIL_ON: "gained",
};
const prepared = (): Record<string, string> => {
  const { outputs } = step("Check what was asked", ASKED);
  return { ...ASKED, FOLDER: outputs.folder ?? "", BELOW: outputs.below ?? "" };
};

test("the folder of the project is told from the root of the repository", () => {
  expect(step("Check what was asked", ASKED)).toMatchObject({
    status: 0,
    outputs: { below: "infra/", writable: "true" },
  });
});

test.each([
  ["a fork", { HEAD_REPOSITORY: "fork/vault" }, "false"],
  ["a fork that is gone", { HEAD_REPOSITORY: "" }, "false"],
  ["Dependabot", { GITHUB_ACTOR: "dependabot[bot]" }, "false"],
  ["a push", { EVENT: "push", HEAD_REPOSITORY: "" }, "true"],
])("the token of %s: writable %j %s", (_, more, writable) => {
  expect(step("Check what was asked", { ...ASKED, ...more }).outputs.writable).toBe(writable);
});

test.each(["", "../x", "a b", "$(touch pwned)", "a--b", "x\nwritable=true", "-x", "x".repeat(65)])(
  "the key %j is refused",
  (KEY) => {
    const run = step("Check what was asked", { ...ASKED, KEY });
    expect(run).toMatchObject({ status: 2, outputs: {} });
    expect(run.stderr).toContain("The input key");
  },
);

test("a folder without the project is refused", () => {
  expect(step("Check what was asked", { ...ASKED, PROJECT: "." })).toMatchObject({ status: 2 });
});

test("without a base, GitHub's merge commit is compared with what it was merged into", () => {
  const run = step("Review access", prepared());
  expect(run).toMatchObject({ status: 0, outputs: { "exit-code": "0" } });
  expect(run.calls[0]?.slice(0, 3)).toEqual([
    "review",
    "--fail-on=gained",
    `--base=git:${git("rev-parse", "HEAD^1")}`,
  ]);
});

test("a base that is given is passed on as one word, whatever is in it", () => {
  const BASE = '$(touch pwned) "; touch pwned; `touch pwned` --head=x';
  const run = step("Review access", { ...prepared(), BASE, FAIL_ON: "any; touch pwned" });
  expect(run.calls[0]).toContain(`--base=${BASE}`);
  expect(run.calls[0]).toContain("--fail-on=any; touch pwned");
  expect(existsSync(join(project, "infra", "pwned"))).toBe(false);
});

test("approvals that the change adds count where that is asked for, and nowhere else", () => {
  const asked = (ACCEPT: string) => step("Review access", { ...prepared(), ACCEPT }).calls[0];
  expect(asked("true")).toContain("--accept-new-approvals");
  for (const other of ["false", "", "yes; true"])
    expect(asked(other)).not.toContain("--accept-new-approvals");
});

test("outside of pull requests the command finds its base itself", () => {
  expect(step("Review access", { ...prepared(), EVENT: "push" }).calls[0]?.join(" ")).not.toContain("--base");
});

test("a verdict does not end the job before the review is shown; the exit code is kept for the end", () => {
  const run = step("Review access", { ...prepared(), EXIT: "1" });
  expect(run).toMatchObject({ status: 0, outputs: { "exit-code": "1" } });
  expect(step("Verdict", { CODE: "1" }).status).toBe(1);
  expect(step("Verdict", { CODE: "0" }).status).toBe(0);
});

test.each([
  ["2", 2],
  ["0", 3],
])("a command that leaves no review and exits with %s ends the job with %d", (EXIT, status) => {
  expect(step("Review access", { ...prepared(), EXIT, REVIEW: "none" }).status).toBe(status);
});

test("a checkout that is too shallow says what to give actions/checkout", () => {
  const shallow = join(folder, "shallow");
  execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${project}`, shallow]);
  project = shallow;
  const run = step("Review access", prepared());
  expect(run).toMatchObject({ status: 3 });
  expect(run.stderr).toContain("fetch-depth: 2");
});

test("the summary is the markdown, and every other format is written beside the JSON", () => {
  const variables = prepared();
  step("Review access", variables);
  const run = step("Write the summary and the other formats", variables);
  expect(run).toMatchObject({ status: 0, summary: "rendered" });
  expect(run.calls.map(([command, , format, below]) => [command, format, below])).toEqual([
    ["review-render", "--format=markdown", "--folder=infra/"],
    ["review-render", "--format=sarif", "--folder=infra/"],
    ["review-render", "--format=junit", "--folder=infra/"],
  ]);
  for (const file of ["review.md", "review.sarif", "review.xml"])
    expect(existsSync(join(variables.FOLDER ?? "", file))).toBe(true);
});

test("the comment is asked for with words of its own, and without the token among them", () => {
  const run = step("Comment", { ...prepared(), WHEN_NOTHING: "delete", GITHUB_TOKEN: "canary" });
  expect(run.calls[0]).toEqual([
    "review-comment",
    "--platform=github",
    expect.stringMatching(/^--review=.*review\.json$/),
    "--folder=infra/",
    "--key=default",
    "--when-nothing=delete",
  ]);
});
