import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperationalError } from "../../../../base/errors";
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

test.each([
  ["a folder", "it is no file", (path: string) => mkdirSync(path)],
  ["a link to nowhere", "ENOENT", (path: string) => symlinkSync("nowhere", path)],
])("%s that is called as a policy or as the roles is an error, and not left out", (_, why, make) => {
  writeFileSync(join(folder, "app.hcl"), 'path "a" { capabilities = ["read"] }\n');
  for (const name of ["x.hcl", "roles.yaml"]) {
    make(join(folder, name));
    expect(() => revisionOfPolicies(folder, "p", {})).toThrow(OperationalError);
    expect(() => revisionOfPolicies(folder, "p", {})).toThrow(`p/${name} cannot be read (${why}).`);
    rmSync(join(folder, name), { recursive: true });
  }
});
