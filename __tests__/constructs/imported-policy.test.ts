import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImportedPolicy } from "../../constructs/imported-policy";
import { refusal, Workbench } from "./workbench";

const HCL = 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "imported-policy-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(source: string): string {
  const path = join(folder, "app.hcl");
  writeFileSync(path, source);
  return path;
}

test("a policy written by hand is taken as it is", () => {
  const bench = new Workbench();
  const policy = ImportedPolicy.fromFile(bench.stack, "app-read", fileOf(HCL));
  expect(bench.resource("vault_policy")).toEqual({ name: "app-read", policy: HCL });
  expect(policy.document.rules).toEqual([{ path: "secret/data/app/*", capabilities: ["read"] }]);
});

test("what looks like an expression of Terraform's reaches the server as it is written", () => {
  const bench = new Workbench();
  ImportedPolicy.fromText(bench.stack, "app-read", `# a \${x}, a %{y}\n${HCL}`);
  expect(bench.resource("vault_policy").policy).toBe(`# a $\${x}, a %%{y}\n${HCL}`);
});

test("a policy that the engines refuse is refused, with its file, line, reason and fix", () => {
  const file = fileOf('path "a" {\n  capabilities = ["raed"]\n}\n');
  const message = refusal(() => ImportedPolicy.fromFile(new Workbench().stack, "app", file));
  expect(message.replace(folder, "policies")).toMatchInlineSnapshot(`
    "HERE  test/policy.app: the engines would refuse this policy: policies/app.hcl:2:19  "raed" is no capability.
      Write "read"."
  `);
});

test("a file that is not there is refused", () => {
  const message = refusal(() => ImportedPolicy.fromFile(new Workbench().stack, "app", "no/such.hcl"));
  expect(message).toMatchInlineSnapshot(`
    "HERE  test: the policy file no/such.hcl cannot be read (ENOENT).
      Give its path from the project's folder."
  `);
});

test.each(["Root", "a b", "a/b", ""])("the name %j is refused", (name) => {
  expect(refusal(() => ImportedPolicy.fromText(new Workbench().stack, name, HCL))).toContain(
    `the policy name "${name}" cannot be used.`,
  );
});

test("the engine's own policy is refused", () => {
  expect(refusal(() => ImportedPolicy.fromText(new Workbench().stack, "root", HCL))).toContain(
    "is the engine's own.",
  );
});

test("the operator's own default policy may be imported", () => {
  expect(() => ImportedPolicy.fromText(new Workbench().stack, "default", HCL)).not.toThrow();
});

test("two of one name are refused", () => {
  const { stack } = new Workbench();
  ImportedPolicy.fromText(stack, "app", HCL);
  expect(refusal(() => ImportedPolicy.fromText(stack, "app", HCL))).toContain(
    'HERE  test/policy.app.2: policy name "app" is taken by test/policy.app (THERE).',
  );
});
