import type { AccessRevision, HeldPolicy } from "../../../review/model";
import { assumeDefault, isOwnDefault } from "../../../review/sources/default-policy";
import { policyOf, revision } from "../revision";

test("two sides that say nothing of default, or both something, stay as they are", () => {
  const silent = revision({ label: "a" });
  const telling = revision({ policies: { default: 'path "x" { capabilities = ["read"] }' } });
  expect(assumeDefault(silent, silent)).toEqual({ base: silent, head: silent, notes: [] });
  expect(assumeDefault(telling, telling).notes).toEqual([]);
});

test("against a default that was changed the other side has the engine's own, and that is said", () => {
  const silent = revision({ label: "working tree", engine: "vault@1.21.1" });
  const telling = revision({ policies: { default: 'path "x" { capabilities = ["read"] }' } });
  const { base, head, notes } = assumeDefault(silent, telling);
  expect(head).toBe(telling);
  expect(base.policies[0]?.document.rules).toContainEqual(expect.objectContaining({ path: "cubbyhole/*" }));
  expect(notes).toEqual(['The policy "default" of working tree is taken to be the engine\'s own.']);
  expect(assumeDefault(telling, silent).head.policies).toHaveLength(1);
});

test("between two engines each side has the default that its own engine puts there", () => {
  const [vault, openbao] = ["vault@1.21.1", "openbao@2.7.2"].map((engine) => revision({ engine }));
  const { base, head, notes } = assumeDefault(vault as AccessRevision, openbao as AccessRevision);
  const [before, after] = [base, head].map(({ policies }) =>
    policies[0]?.document.rules.map(({ path }) => path),
  );
  expect(before?.filter((path) => !after?.includes(path))).toEqual([
    "sys/renew",
    "sys/control-group/request",
  ]);
  expect(notes).toEqual(['The policy "default" of both sides is taken to be the engine\'s own.']);
});

test("an engine's own default is known in any order, and not with a rule more", () => {
  const own = assumeDefault(revision(), revision({ policies: { default: "# nothing" } })).base.policies[0];
  const text = own?.text ?? "";
  expect(isOwnDefault(policyOf("default", text).document, "openbao@2.7.2")).toBe(true);
  const more = `${text}\npath "secret/*" { capabilities = ["read"] }\n`;
  expect(isOwnDefault(policyOf("default", more).document, "openbao@2.7.2")).toBe(false);
});

test("where somebody who was there ceases to hold it both sides have the engine's own: its rules go", () => {
  const holding = (holds: HeldPolicy[]) => ({
    ...revision(),
    principals: [
      { name: "auth/approle/role/x", kind: "approle", title: "x", holds, constraints: [] } as const,
    ],
  });
  const own = { policy: "default", by: "default" } as const;
  const { base, head } = assumeDefault(holding([own]), holding([]));
  expect([base, head].map(({ policies }) => policies.map(({ name }) => name))).toEqual([
    ["default"],
    ["default"],
  ]);
  expect(assumeDefault(holding([own]), holding([own])).notes).toEqual([]);
});
