import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { revisionOfPolicies } from "../../../../review/sources/folder/policies-folder";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "policies-folder-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a policy has the name of its file, in small letters as engines keep it", () => {
  writeFileSync(join(folder, "App.hcl"), 'path "a" { capabilities = ["read"] }\n');
  writeFileSync(join(folder, "ci.policy.hcl"), 'path "a" { capabilities = ["read"] }\n');
  expect(revisionOfPolicies(folder, "p", {}).policies.map(({ name }) => name)).toEqual(["app", "ci"]);
});

test("no file passes for root, which may do everything", () => {
  writeFileSync(join(folder, "root.hcl"), 'path "a" { capabilities = ["deny"] }\n');
  const { policies, principals } = revisionOfPolicies(folder, "p", {});
  expect(policies.map(({ name }) => name)).toEqual(["root.hcl"]);
  expect(principals.map(({ holds }) => holds[0]?.policy)).toEqual(["root.hcl"]);
});
