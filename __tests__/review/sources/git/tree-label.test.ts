import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { treeLabel } from "../../../../review/sources/git/tree-label";

let project: string;

function git(...args: string[]): string {
  const who = ["-c", "user.email=t@example.com", "-c", "user.name=t"];
  return execFileSync("git", ["-C", project, ...who, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "strongroom-label-"));
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function committed(): string {
  git("init", "--quiet");
  mkdirSync(join(project, "app"));
  writeFileSync(join(project, "app", "a.txt"), "a");
  git("add", ".");
  git("commit", "--quiet", "-m", "a");
  return git("rev-parse", "--short=7", "HEAD");
}

test("a clean working tree is called by its commit", async () => {
  const commit = committed();
  expect(await treeLabel(project)).toBe(commit);
  expect(await treeLabel(join(project, "app"))).toBe(commit);
});

test.each([
  ["a changed", "a.txt"],
  ["a new", "b.txt"],
])("%s file makes it the working tree, where it is in the project's folder", async (_, file) => {
  const commit = committed();
  mkdirSync(join(project, "other"));
  writeFileSync(join(project, "app", file), "b");
  expect(await treeLabel(join(project, "app"))).toBe("working tree");
  expect(await treeLabel(join(project, "other"))).toBe(commit);
});

test("without a commit, and outside of git, it is the working tree", async () => {
  expect(await treeLabel(project)).toBe("working tree");
  git("init", "--quiet");
  expect(await treeLabel(project)).toBe("working tree");
});
