import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { nameOf, policyNames } from "../../../review/policy-files/names";
import { policyFiles } from "../../../review/policy-files/policy-files";
import { policyOf, readPolicyFile } from "../../../review/policy-files/read-policy-file";
import { refusalOf } from "../../../review/policy-files/refusal";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "policy-files-")));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text = "# -\n"): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("a folder stands for the policies below it, and for nothing else", () => {
  const files = [write("a.hcl"), write("b/c.hcl"), write("d.json", '{"path": {"a": {}}}')];
  for (const other of ["e.txt", ".hidden.hcl", ".git/f.hcl", "node_modules/x/g.hcl"]) write(other);
  write("package.json", "{}");
  write("roles.json", '{"roles": {}}');
  expect(policyFiles([folder])).toEqual(files);
  expect(policyFiles([join(folder, "e.txt"), folder, folder])).toEqual([join(folder, "e.txt"), ...files]);
});

test("a policy has the name of its file, its text and its places", () => {
  expect(["p/app.hcl", "app.policy.json", "app", "x.HCL"].map(nameOf)).toEqual(["app", "app", "app", "x"]);
  const policy = readPolicyFile(write("app.hcl", '\npath "a" {}\n'));
  expect(policy).toMatchObject({ name: "app", verbatim: true, text: '\npath "a" {}\n' });
  expect(policy.read?.places.rule(0)?.path.start.line).toBe(2);
  expect(policy.unreadable).toBeUndefined();
});

test("no file passes for the engine's own root, and files that are called alike are told apart", () => {
  expect(nameOf("p/root.hcl")).toBe("root.hcl");
  expect(nameOf("p/Root.json")).toBe("Root.json");
  expect([...policyNames(["a/app.hcl", "b/App.hcl", "b/app.hcl", "a/app.hcl"]).values()]).toEqual([
    "app",
    "b/App.hcl",
    "b/app.hcl (2)",
  ]);
});

test("a policy that the engine refuses has no rules, and says why", () => {
  const policy = policyOf("x", 'path "a" { capabilities = ["scan"] }', "vault@1.21.1");
  expect(policy.document.rules).toEqual([]);
  expect(policy.unreadable).toHaveLength(1);
  expect(policyOf("x", 'path "a" { capabilities = ["scan"] }', "openbao@2.7.2").unreadable).toBeUndefined();
});

test("a refusal tells every error, up to ten", () => {
  const lines = Array.from({ length: 12 }, (_, index) => `path "${index}" { capabilities = ["raed"] }`).join(
    "\n",
  );
  const { message } = refusalOf([{ file: "x.hcl", findings: policyOf("x", lines).unreadable ?? [] }]);
  expect(message.split("\n")).toHaveLength(22);
  expect(message).toContain('x.hcl:10:28  "raed" is no capability\n  Write "read".\nx.hcl  and 2 more');
});
