import Ajv from "ajv/dist/2020";
import fc from "fast-check";
import schema from "../../../docs/schema/review.schema.json";
import { CAPABILITIES } from "../../../policies/capability";
import { KV_INTENTS } from "../../../policies/kv-intents";
import { renderJson } from "../../../review/render/json";
import { KINDS } from "../../../review/render/kinds";
import { anyText } from "./arbitrary";
import { EVERY_KIND, HOSTILE, hostileReview, long, NOTHING, SHORT } from "./sample";

// Tries many texts: slow on a busy machine.
jest.setTimeout(30_000);

const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

function valid(text: string): unknown {
  const read: unknown = JSON.parse(text);
  validate(read);
  expect(validate.errors).toBeNull();
  return read;
}

test.each([
  ["nothing", NOTHING],
  ["a short review", SHORT],
  ["every kind", EVERY_KIND],
  ["a long one", long(300)],
])("the JSON of %s is as the schema says", (_, review) => {
  valid(renderJson(review, { version: "1.2.3" }));
});

test("the sample has every kind that there is", () => {
  expect([...new Set(EVERY_KIND.findings.map(({ kind }) => kind))].sort()).toEqual(Object.keys(KINDS).sort());
});

test("the schema knows the kinds, intents and capabilities that there are, and no others", () => {
  expect(schema.$defs.kind.enum.toSorted()).toEqual(Object.keys(KINDS).sort());
  expect(schema.$defs.access.properties.intent.enum.toSorted()).toEqual(Object.keys(KV_INTENTS).sort());
  const compared = CAPABILITIES.filter((capability) => capability !== "deny");
  expect(schema.$defs.capability.enum.toSorted()).toEqual(compared.toSorted());
});

test.each(["schema_version", "findings", "notes"])("a review without %s is refused by the schema", (key) => {
  const { [key]: _, ...rest } = JSON.parse(renderJson(SHORT)) as Record<string, unknown>;
  expect(validate(rest)).toBe(false);
});

test("a misspelt key is refused by the schema", () => {
  expect(validate({ ...JSON.parse(renderJson(SHORT)), guardrails: 3 })).toBe(false);
});

test("counts and the facts of a finding stand under their names", () => {
  const review = valid(renderJson(EVERY_KIND)) as Record<string, Record<string, unknown>>;
  expect(review.summary).toMatchObject({
    findings: 29,
    approved: 1,
    kinds: { gained: 2, "guardrail-broken": 1 },
  });
  expect(Object.values(review.findings ?? {})).toContainEqual(
    expect.objectContaining({
      kind: "lint",
      rule: "KV2-MISSING-DATA",
      place: { file: "policies/app role.hcl", line: 4, column: 6, end_line: 4, end_column: 20 },
    }),
  );
});

test.each(HOSTILE)("%j comes back as it was, and is written so that it is safe to show", (text) => {
  const json = renderJson(hostileReview(text));
  expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect((valid(json) as { notes: string[] }).notes).toEqual([text]);
});

test("any text comes back as it was", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect((valid(renderJson(hostileReview(text))) as { notes: string[] }).notes).toEqual([text]);
    }),
  );
});
