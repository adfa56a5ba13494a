import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultBase } from "../../../../review/sources/git/merge-base";
import { readRevision } from "../../../../review/sources/read-revision";

let root: string;
let project: string;

function git(...args: string[]): string {
  return execFileSync("git", ["-C", project, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

let commits = 0;

function commit(): string {
  commits += 1;
  git(
    "-c",
    "user.email=t@example.com",
    "-c",
    "user.name=t",
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    `${commits}`,
  );
  return git("rev-parse", "HEAD");
}

/** main has two commits; feature left it at the first. */
let left: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "strongroom-git-"));
  project = join(root, "project");
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", project]);
  left = commit();
  git("checkout", "--quiet", "-b", "feature");
  commit();
  git("checkout", "--quiet", "main");
  commit();
  git("checkout", "--quiet", "feature");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function clone(...args: string[]): void {
  const copy = join(root, "copy");
  execFileSync("git", ["clone", "--quiet", ...args, `file://${project}`, copy], { stdio: "ignore" });
  project = copy;
}

test("the default base is where HEAD left main", async () => {
  expect(await defaultBase(project, {})).toBe(left);
});

test("a remote's default branch goes before local ones", async () => {
  git("checkout", "--quiet", "main");
  clone();
  git("checkout", "--quiet", "-b", "work", "origin/feature");
  git("branch", "--force", "main", "work");
  expect(await defaultBase(project, {})).toBe(left);
});

test("a pipeline's target branch, or its commit, goes before that", async () => {
  git("branch", "release", "HEAD");
  expect(await defaultBase(project, { GITHUB_BASE_REF: "release" })).toBe(git("rev-parse", "release"));
  const other = git("rev-parse", "main");
  expect(await defaultBase(project, { CI_MERGE_REQUEST_DIFF_BASE_SHA: other })).toBe(other);
  // Of a merged result the target is the base: what it lost meanwhile would hide what the branch gains.
  const merged = { CI_MERGE_REQUEST_DIFF_BASE_SHA: left, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: other };
  expect(await defaultBase(project, merged)).toBe(other);
});

describe("what cannot be told is said with the next step", () => {
  test("a clone that is too shallow", async () => {
    clone("--depth", "1", "--no-single-branch", "--branch", "feature");
    await expect(defaultBase(project, { GITHUB_BASE_REF: "main" })).rejects.toThrow(
      /shallow.*\n.*git fetch --unshallow.*fetch-depth: 0/,
    );
  });

  test("a shallow clone without the target branch", async () => {
    clone("--depth", "1", "--branch", "feature");
    await expect(defaultBase(project, { GITHUB_BASE_REF: "main" })).rejects.toThrow(/shallow/);
  });

  test("a shallow clone without the default branch", async () => {
    git("checkout", "--quiet", "main");
    clone("--depth", "1", "--branch", "feature");
    await expect(defaultBase(project, {})).rejects.toThrow(
      /shallow, and the default branch is not in it.*\n.*fetch-depth: 0/,
    );
  });

  test("a target branch that nobody has fetched", async () => {
    await expect(defaultBase(project, { GITHUB_BASE_REF: "nowhere" })).rejects.toThrow(
      /knows no branch "nowhere".*\n.*git fetch origin nowhere/,
    );
  });

  test("branches without a common commit", async () => {
    git("checkout", "--quiet", "--orphan", "other");
    commit();
    await expect(defaultBase(project, {})).rejects.toThrow(/have no commit in common/);
  });

  test("no default branch", async () => {
    git("branch", "--move", "main", "trunk");
    await expect(defaultBase(project, {})).rejects.toThrow(/no default branch.*\n.*--base REV/);
  });

  test("a folder outside of git", async () => {
    await expect(defaultBase(root, {})).rejects.toThrow(/is not in a git repository/);
  });

  test.each(["nowhere", "--output=x", "HEAD~99", "git:main..feature"])("the revision %s", async (spec) => {
    await expect(readRevision(spec, { project })).rejects.toThrow(/nor a revision that git knows/);
  });

  test("a revision that a shallow clone does not have", async () => {
    clone("--depth", "1", "--branch", "feature");
    await expect(readRevision("HEAD~1", { project })).rejects.toThrow(/shallow, and HEAD~1 is not in it/);
  });
});
