import { PolicyDocument } from "../../policies/document";
import { PolicyUsageError } from "../../policies/errors";
import { checkGuardrail } from "../../policies/guardrails/check";
import { nobody, noOtherSystem, only } from "../../policies/guardrails/guardrail";
import { CompiledModel } from "../../policies/queries/principal";

const policy = (name: string, source: string) => ({ name, document: PolicyDocument.parse(source) });
const model = new CompiledModel({
  engine: "openbao@2.7.2",
  policies: [
    policy("ci", 'path "secret/data/goblin/providers/*" { capabilities = ["create", "update"] }'),
    policy("app", 'path "secret/data/+/providers/openai" { capabilities = ["read"] }'),
    policy(
      "wide",
      'path "secret/+/goblin*" { capabilities = ["update"] }\npath "secret/data/goblin/*" { capabilities = ["deny"] }',
    ),
    policy("own", 'path "secret/data/{{identity.entity.id}}/*" { capabilities = ["read"] }'),
  ],
  principals: ["ci", "app", "wide", "own"].map((name) => ({ name, policies: [name] })),
});
const providers = { mount: "secret/", path: "goblin/providers/*" };

test("a guardrail that holds has no breach", () => {
  expect(checkGuardrail(only("ci").mayWrite(providers), model)).toEqual([]);
});

test("a guardrail that is broken has a witness and the rule that allows it", () => {
  const [breach] = checkGuardrail(only("ci").mayDestroy(providers), model);
  expect(breach).toMatchObject({
    verdict: "broken",
    principal: "wide",
    capability: "update",
    witness: "secret/destroy/goblin/providers/x",
    rule: "secret/+/goblin*",
    policies: ["wide"],
  });
});

test("what a template may reach is unknown, and fails", () => {
  const breaches = checkGuardrail(noOtherSystem("goblin", ["ci"]).mayReadValues(providers), model);
  expect(breaches.map(({ principal, verdict, witness }) => [principal, verdict, witness])).toEqual([
    ["app", "broken", "secret/data/goblin/providers/openai"],
    ["own", "unknown", undefined],
  ]);
});

test("nobody may reach sudo: holds where no rule grants it", () => {
  expect(checkGuardrail(nobody.mayReachSudo(), model).filter(({ verdict }) => verdict === "broken")).toEqual(
    [],
  );
});

test("a waiver excuses one principal until it runs out", () => {
  const guardrail = only("ci")
    .mayDestroy(providers)
    .waive("wide", "until the migration is over", "2030-01-01T00:00:00Z");
  expect(checkGuardrail(guardrail, model, Date.UTC(2029, 0)).map(({ waiver }) => waiver?.reason)).toContain(
    "until the migration is over",
  );
  expect(
    checkGuardrail(guardrail, model, Date.UTC(2031, 0)).every(({ waiver }) => waiver === undefined),
  ).toBe(true);
});

test("a waiver without a reason or an end, or a guardrail without a secret, is refused", () => {
  expect(() => nobody.mayReachSudo().waive("x", "", "2030-01-01T00:00:00Z")).toThrow(PolicyUsageError);
  expect(() => nobody.mayReachSudo().waive("x", "why", "soon")).toThrow(PolicyUsageError);
  expect(() => nobody.mayWrite()).toThrow(PolicyUsageError);
});
