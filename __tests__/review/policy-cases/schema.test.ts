import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020";
import { CASE_FILE_SCHEMA } from "../../../policies/cases/schema";
import { LINT_FILE_SCHEMA } from "../../../review/policy-lint/suppressions";
import { mistakesIn } from "../../../review/written/mistakes";
import type { Schema } from "../../../review/written/schema";

const published = (name: string): unknown =>
  JSON.parse(readFileSync(`docs/schema/${name}.schema.json`, "utf8"));

test("the published schemas are those by which files are read", () => {
  expect(published("policy-cases")).toEqual(JSON.parse(JSON.stringify(CASE_FILE_SCHEMA)));
  expect(published("lint")).toEqual(JSON.parse(JSON.stringify(LINT_FILE_SCHEMA)));
});

const one = { request: { operation: "read", path: "a" }, expect: { allowed: true } };
const GOOD: readonly unknown[] = [
  { policies: {}, cases: [] },
  { policies: { a: "x", b: { file: "b.hcl" } }, engines: ["vault@1.21.1"], cases: [one] },
  { environment: "dev", principal: "AppRole dotmac", cases: [{ ...one, principal: "x" }] },
  { from: "live", mounts: { "pki/": "pki" }, at: "2030-01-31T00:00:00Z", cases: [] },
  {
    policies: {},
    entity: { id: "1", name: "n", aliases: [{ mount_accessor: "m", id: "1", name: "n" }] },
    cases: [],
  },
];
const BAD: readonly unknown[] = [
  null,
  [],
  {},
  { cases: [] },
  { policies: {}, cases: {} },
  { policies: { a: 1 }, cases: [] },
  { policies: { a: {} }, cases: [] },
  { policies: { a: { file: "x", text: "y" } }, cases: [] },
  { policies: {}, engines: ["consul"], cases: [] },
  { policies: {}, cases: [{ ...one, expect: {} }] },
  { policies: {}, cases: [{ ...one, expect: { capabilities: ["raed"] } }] },
  { policies: {}, cases: [{ ...one, request: { operation: "read" } }] },
  { policies: {}, cases: [{ ...one, request: { operation: "read", path: "a", wrap_ttl: [] } }] },
  { policies: {}, cases: [{ ...one, request: { operation: "read", path: "a", wrap_ttl: -1 } }] },
  { policies: {}, cases: [{ ...one, request: { operation: "read", path: "" } }] },
  { policies: {}, cases: [{ ...one, request: { operation: "read", path: "//" } }] },
  { policies: {}, cases: [{ ...one, request: { operation: "read", path: "/v1/secret/data/a" } }] },
  { policies: {}, cases: [{ ...one, expect: { capabilities: [] } }] },
  { policies: {}, entity: { id: "1" }, cases: [] },
  { policies: {}, cases: [], extra: 1 },
];

test("files are judged as any reader of the schema judges them", () => {
  const valid = new Ajv2020({ strict: false }).compile(CASE_FILE_SCHEMA);
  for (const [values, good] of [
    [GOOD, true],
    [BAD, false],
  ] as const) {
    for (const value of values) {
      expect([value, valid(value)]).toEqual([value, good]);
      expect([value, mistakesIn(value, CASE_FILE_SCHEMA as Schema).length === 0]).toEqual([value, good]);
    }
  }
});
