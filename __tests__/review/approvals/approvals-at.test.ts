import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { approvalsOfTree } from "../../../review/approvals/approvals-at";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "strongroom-approvals-"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

test("a working tree without the file approves nothing", () => {
  expect(approvalsOfTree(project).approvals).toEqual([]);
});

test("a link is not followed, so that no other file is quoted in a message", () => {
  writeFileSync(join(project, "elsewhere"), "something private");
  symlinkSync("elsewhere", join(project, "strongroom.approvals.yaml"));
  expect(() => approvalsOfTree(project)).toThrow("strongroom.approvals.yaml is no plain file.");
});

test("a pipe is refused, and not waited for", () => {
  execFileSync("mkfifo", [join(project, "strongroom.approvals.yaml")]);
  expect(() => approvalsOfTree(project)).toThrow("strongroom.approvals.yaml is no plain file.");
});
