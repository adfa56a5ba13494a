import { reviewRevisions } from "../../../review/compare/review-revisions";
import { verdictOf } from "../../../review/verdict";
import { revision } from "../revision";

const now = Date.UTC(2026, 0, 1);
const SECRETS = [{ mount: "secret/", path: "app/db", title: "app/db" }];

function rule(end?: string, words = '"read"'): string {
  const ends = end === undefined ? "" : ` expiration = "${end}T00:00:00Z"`;
  return `path "secret/data/app/db" { capabilities = [${words}]${ends} }\n`;
}

function reviewed(before: string, after: string) {
  const side = (text: string) =>
    revision({ policies: { app: text }, roles: { app: ["app"] }, secrets: SECRETS });
  return reviewRevisions(side(before), side(after), { now });
}

const told = (before: string, after: string): string[][] =>
  reviewed(before, after).findings.map(({ kind, sentence }) => [kind, sentence]);

test("a grant that loses its end is gained from that day on, and fails a review", () => {
  const review = reviewed(rule("2027-01-01"), rule());
  expect(review.findings).toMatchObject([
    {
      kind: "gained",
      titles: ["AppRole app"],
      sentence: "can read values of secret/app/db from 2027-01-01T00:00:00Z on, when a rule ends",
      access: { intent: "read-values", witness: { path: "secret/data/app/db" } },
    },
  ]);
  expect(verdictOf(review, "gained")).toBe(1);
});

test("a grant that gets an end, or an earlier one, is lost from then on", () => {
  const lost = [
    ["lost", "can no longer read values of secret/app/db from 2027-01-01T00:00:00Z on, when a rule ends"],
  ];
  expect(told(rule(), rule("2027-01-01"))).toEqual(lost);
  expect(told(rule("2028-01-01"), rule("2027-01-01"))).toEqual(lost);
});

test("a deny that gets an end opens what it closed", () => {
  const wide = 'path "secret/data/app/*" { capabilities = ["read"] }\n';
  expect(told(wide + rule(undefined, '"deny"'), wide + rule("2027-01-01", '"deny"'))).toEqual([
    ["gained", "can read values of secret/app/db from 2027-01-01T00:00:00Z on, when a rule ends"],
  ]);
});

test("a deny that got an end was not removed", () => {
  const wide = 'path "secret/data/app/*" { capabilities = ["read"] }\n';
  const causes = (before: string, after: string) =>
    reviewed(before, after).findings.map(({ cause }) => cause);
  const deny = (end?: string) => rule(end, '"deny"');
  expect(causes(wide + deny(), wide + deny("2027-01-01"))).toEqual([
    "because policies/app.hcl:2, which has an end now, no longer denies it",
  ]);
  expect(causes(wide + deny(), wide)).toEqual([
    "because policies/app.hcl:2, which was removed, no longer denies it",
  ]);
  expect(causes(rule() + deny(), rule() + deny("2027-01-01"))).toEqual([
    "because the deny of policies/app.hcl:2 has an end now",
  ]);
});

test("what is so now is told once, and ends that stay as they were are no change", () => {
  expect(told("# nothing\n", rule("2027-01-01"))).toEqual([
    ["gained", "can now read values of secret/app/db"],
  ]);
  const before = rule("2027-01-01");
  expect(told(before, `${before}path "sys/mounts" { capabilities = ["read"] }\n`)).toEqual([
    ["gained", "can now use read on sys/mounts"],
  ]);
});

test("more moments than are looked at are told as unknown", () => {
  const many = Array.from(
    { length: 60 },
    (_, at) => `path "x/${at}" { capabilities = ["read"] expiration = ${1_900_000_000 + at} }\n`,
  );
  expect(told(rule(), rule() + many.join(""))).toContainEqual([
    "unknown",
    "holds rules that end at 60 moments, of which the first 50 were looked at",
  ]);
});

test("a sentence that counts the same says nothing of others that come later", () => {
  const read = (name: string, end?: string) => rule(end).replace("app/db", `app/${name}`);
  const both = (names: string, end?: string) => [...names].map((name) => read(name, end)).join("");
  const side = (text: string) =>
    revision({
      policies: { app: text },
      roles: { app: ["app"] },
      secrets: [..."abcdef"].map((name) => ({ mount: "secret/", path: `app/${name}`, title: `app/${name}` })),
    });
  const { findings } = reviewRevisions(
    side(both("ef", "2027-01-01")),
    side(both("ab") + both("cd", "2026-06-01") + both("ef")),
    { now },
  );
  expect(findings.map(({ access }) => access?.regions.map((region) => region.at(-1)).join(""))).toEqual(
    expect.arrayContaining(["abcd", "abef"]),
  );
});
