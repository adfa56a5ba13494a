import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calledFrom, namedPath, shownPath } from "../../base/called-from";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "called-from-")));
  process.env.STRONGROOM_CALLED_FROM = folder;
});
afterEach(() => {
  delete process.env.STRONGROOM_CALLED_FROM;
  rmSync(folder, { recursive: true });
});

test("files are meant from where the command was typed, and shown so", () => {
  expect(namedPath("a.hcl")).toBe(join(folder, "a.hcl"));
  expect(shownPath(join(folder, "b", "a.hcl"))).toBe(join("b", "a.hcl"));
});

test("what lies elsewhere keeps its path", () => {
  expect(namedPath("/etc/hosts")).toBe("/etc/hosts");
  expect(shownPath("/etc/hosts")).toBe("/etc/hosts");
  expect(shownPath(folder)).toBe(folder);
});

test("without the launcher it is the working directory", () => {
  delete process.env.STRONGROOM_CALLED_FROM;
  expect(calledFrom()).toBe(process.cwd());
});
