import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import type { Approvals } from "../../../review/approvals/approvals";
import { readApprovals } from "../../../review/approvals/read-approvals";
import { APPROVALS_SCHEMA } from "../../../review/approvals/schema";
import { reviewRevisions } from "../../../review/compare/review-revisions";
import type { Finding } from "../../../review/finding";
import { verdictOf } from "../../../review/verdict";
import { SECRETS } from "../corpus/case";
import { revision } from "../revision";

const file = "strongroom.approvals.yaml";
const now = Date.parse("2026-06-01T12:00:00Z");
const mounts = [{ path: "secret/", type: "kv", kvVersion: 2 as const }];
const one = (path: string) =>
  revision({
    secrets: SECRETS,
    mounts,
    policies: { p: `path "${path}" { capabilities = ["read"] }` },
    roles: { app: ["p"] },
  });
const [base, head] = [one("secret/data/app/db"), one("secret/data/*")];

function entry(lines: string): string {
  return `approvals:\n  - principal: auth/approle/role/app\n    by: ann@example.org\n    reason: the shop moves in\n${lines
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n")}\n`;
}

const SHOP = entry("secret: secret/shop/*\nintents: [read-values]");

function review(before: string, after: string, more: object = {}): readonly Finding[] {
  const approvals = { base: readApprovals(before, file), head: readApprovals(after, file) };
  return reviewRevisions(base, head, { now, approvals, ...more }).findings;
}

test("an approval covers its region and nothing else: the rest is told without it", () => {
  const found = review(SHOP, SHOP).filter(({ kind }) => kind === "gained");
  expect(found.map(({ access, approval }) => [access?.regions, approval?.by])).toEqual([
    [["secret/app/cache", "secret/project/{project}/{name}", "secret/*"], undefined],
    [["secret/shop/payments", "secret/shop/*"], "ann@example.org"],
  ]);
});

test("an approval of everything that is gained makes the verdict 0", () => {
  const all = entry("secret: secret/*\nintents: [read-values]");
  const approvals = { base: readApprovals(all, file), head: readApprovals(all, file) };
  const found = reviewRevisions(base, head, { now, approvals });
  expect(verdictOf(found, "any")).toBe(0);
});

test("an approval for another principal, or of another intent, covers nothing", () => {
  for (const other of [SHOP.replace("role/app", "role/other"), SHOP.replace("read-values", "write")]) {
    const found = review(other, other);
    expect(found.filter(({ approval }) => approval)).toEqual([]);
    expect(found.map(({ kind, severity }) => [kind, severity])).toContainEqual(["approval-unused", "note"]);
  }
});

test("an approval that the same change adds is shown, and does not count unless it is asked for", () => {
  const [shown] = review("", SHOP).filter(({ approval }) => approval);
  expect(shown?.approval).toMatchObject({ addedHere: true, counts: false });
  const [accepted] = review("", SHOP, { acceptNewApprovals: true }).filter(({ approval }) => approval);
  expect(accepted?.approval).toMatchObject({ addedHere: true, counts: true });
  const [widened] = review(SHOP.replace("shop/*", "shop/payments"), SHOP).filter(({ approval }) => approval);
  expect(widened?.approval).toMatchObject({ addedHere: true, counts: false });
});

test("an approval that has run out covers nothing, and is told with its line", () => {
  const late = `${SHOP}    until: 2026-05-31\n`;
  const found = review(late, late);
  expect(found.filter(({ approval }) => approval)).toEqual([]);
  expect(found).toContainEqual(
    expect.objectContaining({
      kind: "approval-expired",
      severity: "warning",
      place: expect.objectContaining({ file, line: 2 }),
    }),
  );
  const last = `${SHOP}    until: 2026-06-01\n`;
  expect(review(last, last).some(({ approval }) => approval?.counts)).toBe(true);
});

describe("an approval of a wider bound that says to what", () => {
  const bound = (value: number) => ({
    ...base,
    principals: [
      {
        ...(one("x").principals[0] as (typeof base.principals)[0]),
        constraints: [{ name: "token_ttl", kind: "limit" as const, value, unit: "seconds" as const }],
      },
    ],
  });
  const counts = (to: string, value: number) => {
    const approvals = readApprovals(entry(`constraint: token_ttl\nto: ${to}`), file);
    const { findings } = reviewRevisions(bound(60), bound(value), {
      now,
      approvals: { base: approvals, head: approvals },
    });
    return findings.map(({ kind, approval }) => [kind, approval?.counts]);
  };

  test("covers that value, as the finding shows it, and no wider one that comes later", () => {
    expect(counts("20 min", 1200)).toEqual([["constraint-widened", true]]);
    expect(counts("20 min", 36_000)).toContainEqual(["constraint-widened", undefined]);
    expect(counts("20 min", 0)).toContainEqual(["constraint-widened", undefined]);
    expect(counts("no limit", 0)).toEqual([["constraint-widened", true]]);
  });

  test("is not used by another value, and one that counts goes before one that the change adds", () => {
    const to = (...values: string[]) =>
      readApprovals(
        `approvals:\n${values.map((to) => entry(`constraint: token_ttl\nto: ${to}`).replace("approvals:\n", "")).join("")}`,
        file,
      );
    const told = (before: Approvals, head: Approvals) =>
      reviewRevisions(bound(60), bound(1200), { now, approvals: { base: before, head } }).findings.map(
        ({ kind, approval }) => [kind, approval?.counts],
      );
    const two = to("no limit", "20 min");
    expect(told(two, two)).toEqual([
      ["constraint-widened", true],
      ["approval-unused", undefined],
    ]);
    const any = readApprovals(entry("constraint: token_ttl"), file).approvals;
    const old = to("20 min");
    expect(told(old, { ...old, approvals: [...any, ...old.approvals] })).toContainEqual([
      "constraint-widened",
      true,
    ]);
  });

  test("and says so of nothing else", () => {
    expect(() => readApprovals(entry("escalation: true\nto: 20 min"), file)).toThrow(
      /an approval has to and no constraint/,
    );
  });
});

test("an approval that the change adds and that covers nothing is a warning", () => {
  const found = review("", SHOP.replace("read-values", "destroy"));
  expect(found).toContainEqual(expect.objectContaining({ kind: "approval-unused", severity: "warning" }));
});

test("capabilities on API paths, bounds of logins and escalations have approvals of their own", () => {
  const bound = (value: number) => ({
    ...revision({ policies: { p: 'path "a" { capabilities = ["read"] }' } }),
    principals: [
      {
        ...(one("x").principals[0] as (typeof base.principals)[0]),
        constraints: [{ name: "secret_id_num_uses", kind: "limit" as const, value, unit: "uses" as const }],
      },
    ],
  });
  const text = `${entry("constraint: secret_id_num_uses")}${entry("path: sys/policies/acl/*\ncapabilities: [update]").replace("approvals:\n", "")}${entry("escalation: true").replace("approvals:\n", "")}`;
  const approvals: Approvals = readApprovals(text, file);
  const both = { base: approvals, head: approvals };
  const wide = {
    ...bound(0),
    policies: revision({
      policies: {
        p: 'path "a" { capabilities = ["read"] }\npath "sys/policies/acl/*" { capabilities = ["update"] }',
      },
    }).policies,
  };
  const found = reviewRevisions(bound(1), wide, { now, approvals: both });
  expect(found.findings.map(({ kind, approval }) => [kind, approval?.counts])).toEqual([
    ["escalation-gained", true],
    ["gained", true],
    ["constraint-widened", true],
  ]);
  expect(verdictOf(found, "any")).toBe(0);
});

test.each([
  ["no region", entry("intents: [read-values]"), "has none of secret, path, constraint, escalation"],
  [
    "everything",
    entry('secret: "*"\nintents: [write]'),
    "A secret, or with a star at the end all below a path",
  ],
  ["no intents", entry("secret: secret/a"), "an approval of a secret says no intents"],
  ["an empty list of intents", entry("secret: secret/a\nintents: []"), "says no intents"],
  [
    "two gains",
    entry("secret: secret/a\nintents: [write]\nescalation: true"),
    "has both secret and escalation",
  ],
  ["a star within", entry("secret: secret/*/a\nintents: [write]"), "is not possible for approvals"],
  ["an unknown intent", entry("secret: secret/a\nintents: [wriet]"), "Did you mean"],
  ["an unknown key", entry("secret: secret/a\nintents: [write]\nuntill: 2030-01-01"), "knows no"],
  ["a day that is none", entry("secret: secret/a\nintents: [write]\nuntil: 2030-02-31"), "is no day"],
  ["nobody who approved", SHOP.replace(/ +by: .*\n/, ""), "has no by"],
  ["no approvals", "approval: []\n", "knows no"],
])("is refused with its line: %s", (_, text, words) => {
  expect(() => readApprovals(text, file)).toThrow(words);
  expect(() => readApprovals(text, file)).toThrow(/strongroom\.approvals\.yaml:\d+:\d+/);
});

test("an empty file approves nothing", () => {
  expect(readApprovals("", file).approvals).toEqual([]);
  expect(readApprovals("# nothing yet\n", file).approvals).toEqual([]);
  expect(readApprovals("approvals: []\n", file).approvals).toEqual([]);
});

test("the schema for editors is the one that is held, and is valid", () => {
  const path = join(process.cwd(), "docs", "schema", "approvals.schema.json");
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(JSON.parse(JSON.stringify(APPROVALS_SCHEMA)));
  const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(APPROVALS_SCHEMA);
  expect(
    validate(JSON.parse('{"approvals":[{"principal":"a","escalation":true,"by":"b","reason":"c"}]}')),
  ).toBe(true);
  expect(validate({ approvals: [{ principal: "a" }] })).toBe(false);
});
