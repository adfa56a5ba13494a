import fc from "fast-check";
import { PolicyDocument } from "../../policies/document";
import { PolicyUsageError } from "../../policies/errors";
import { KV2_AREAS } from "../../policies/kv-areas";
import { readPolicy } from "../../policies/language/read";
import { escalations } from "../../policies/queries/escalation";
import { CompiledModel } from "../../policies/queries/principal";
import { whatCan } from "../../policies/queries/what-can";
import { LINTS } from "../../policies/rules/all";
import type { LintedPolicy, PolicyLint } from "../../policies/rules/lint";
import { lint } from "../../policies/rules/run";
import { explain } from "../../policies/semantics/explain";
import { policySet, requestPath } from "./generators";

function lintedPolicy(name: string, source: string, file?: string): LintedPolicy {
  const read = readPolicy(source, file === undefined ? {} : { file });
  return { name, document: new PolicyDocument(read.rules), read, ...(file === undefined ? {} : { file }) };
}

/** An example may hold several policies, apart by lines `=== name`. */
function policiesOf(source: string): LintedPolicy[] {
  const [first = "", ...rest] = source.split(/^=== (.*)\n/m);
  const policies = [lintedPolicy("one", first)];
  for (let at = 0; at < rest.length; at += 2) policies.push(lintedPolicy(rest[at] ?? "", rest[at + 1] ?? ""));
  return policies;
}

function strikes(each: PolicyLint, source: string): string[] {
  return lint(policiesOf(source), each.example, [each]).map((finding) => finding.message);
}

test.each(LINTS.map((each) => [each.id, each] as const))(
  "%s strikes at its bad example and not at its good one",
  (_id, each) => {
    expect(strikes(each, each.bad)).toHaveLength(1);
    expect(strikes(each, each.good)).toEqual([]);
  },
);

test.each(LINTS.map((each) => [each.id, each] as const))(
  "%s tells its reason and fix in sentences",
  (id, each) => {
    expect(id).toMatch(/^[A-Z0-9_]+$/);
    expect(each.reason).toMatch(/\.$/);
    expect(each.fix).toMatch(/\.$/);
  },
);

test("ids are unique, and there are all of them", () => {
  expect(new Set(LINTS.map((each) => each.id)).size).toBe(37);
});

test.each([...KV2_AREAS])("a KV v2 mount serves %s/", (area) => {
  const source = `path "secret/${area}/app/*" {\n  capabilities = ["list"]\n}\n`;
  const options = { kvMounts: [{ path: "secret/", version: 2 as const }] };
  expect(lint([lintedPolicy("p", source)], options).map(({ id }) => id)).not.toContain("KV2_MISSING_DATA");
});

test.each(["", "/"])("a rule for the empty path, written %j, is dead", (path) => {
  const found = lint([lintedPolicy("p", `path "${path}" {\n  capabilities = ["read"]\n}\n`)]);
  expect(found.map(({ id, message }) => [id, message])).toEqual([
    ["DEAD_RULE", 'path "" decides nothing: no request has an empty path'],
  ]);
});

const star = 'path "a/*/b" {\n  capabilities = ["read"]\n}\n';

test("a finding has its place in the source", () => {
  const [finding] = lint([lintedPolicy("p", star, "p.hcl")]).filter(({ id }) => id === "INNER_STAR");
  expect(finding).toMatchObject({
    policy: "p",
    path: "a/*/b",
    file: "p.hcl",
    span: { start: { line: 1, column: 6 }, end: { line: 1, column: 13 } },
  });
});

test("a suppression keeps a finding quiet until it ends", () => {
  const suppressions = [
    { id: "INNER_STAR", path: "a/*/b", reason: "a name with a star", until: "2030-01-01T00:00:00Z" },
  ];
  const found = (now: number) =>
    lint([lintedPolicy("p", star)], { suppressions, now }).find(({ id }) => id === "INNER_STAR");
  expect(found(Date.UTC(2029, 0))?.suppressed).toBe("a name with a star");
  expect(found(Date.UTC(2031, 0))?.suppressed).toBeUndefined();
});

test("a suppression without a reason, or of an unknown lint, is refused", () => {
  expect(() => lint([], { suppressions: [{ id: "INNER_STAR", reason: " " }] })).toThrow(PolicyUsageError);
  expect(() => lint([], { suppressions: [{ id: "NO_SUCH", reason: "x" }] })).toThrow(PolicyUsageError);
});

test("lints, explanations and chains come to an end on any set of policies", () => {
  fc.assert(
    fc.property(policySet, requestPath, (sets, path) => {
      const policies = sets.map((rules, index) => ({
        name: `p${index}`,
        document: new PolicyDocument(rules),
      }));
      const options = { kvMounts: [{ path: "a/", version: 2 as const }], attached: ["default"] };
      for (const finding of lint(policies, options))
        expect(finding.message + finding.fix).not.toContain("undefined");
      const model = new CompiledModel({
        engine: "vault@1.21.1",
        policies,
        principals: [{ name: "x", policies: ["p0", "p1", "p2"] }],
      });
      const [principal] = model.model.principals;
      if (!principal) return;
      for (const operation of ["read", "list", "update"] as const) {
        const { decision, rules } = explain(model.accessOf(principal), { operation, path });
        expect(rules.filter(({ decides }) => decides)).toHaveLength(decision.rule ? 1 : 0);
      }
      escalations(model);
      expect(whatCan(model.accessOf(principal)).complete).toBe(true);
    }),
    { numRuns: 150, seed: 8 },
  );
});
