import { reviewRevisions } from "../../../review/compare/review-revisions";
import type { Finding } from "../../../review/finding";
import type { AccessRevision, RevisionGuardrail } from "../../../review/model";
import { SECRETS } from "../corpus/case";
import { revision } from "../revision";

const now = Date.parse("2026-06-01T00:00:00Z");
const OWN = 'path "secret/data/app/db" { capabilities = ["read"] }';
const WIDE = 'path "secret/data/*" { capabilities = ["read", "delete"] }';

const SHOP: RevisionGuardrail = {
  words: "only shop may read values of secret/shop/*",
  subject: { kind: "all-but", principals: ["auth/approle/role/shop"] },
  forbidden: [{ region: "secret/data/shop/*", capabilities: ["read"] }],
  waivers: [],
  owner: "team-shop",
  place: { file: "systems/shop.ts", line: 52 },
};

function side(policy: string, ...guardrails: RevisionGuardrail[]): AccessRevision {
  return revision({
    secrets: SECRETS,
    guardrails,
    policies: { p: policy, still: WIDE },
    roles: { app: ["p"], still: ["still"] },
  });
}

function told(base: AccessRevision, head: AccessRevision): Finding[] {
  return reviewRevisions(base, head, { now }).findings.filter(({ kind }) => kind.startsWith("guardrail"));
}

function givenUp(base: AccessRevision, head: AccessRevision): Finding | undefined {
  return told(base, head).find(({ kind }) => kind === "guardrail-removed");
}

test("a guardrail that the change breaks is told with witness, rule and both lines", () => {
  const [broken, ...others] = told(side(OWN, SHOP), side(WIDE, SHOP));
  expect(others).toEqual([]);
  expect(broken).toMatchObject({
    kind: "guardrail-broken",
    severity: "error",
    principals: ["auth/approle/role/app"],
    sentence: `breaks the guardrail "${SHOP.words}"`,
    rule: SHOP.words,
    place: { file: "policies/p.hcl", line: 1 },
    declaredAt: { file: "systems/shop.ts", line: 52 },
    owners: ["team-shop"],
    access: {
      intent: "read-values",
      witness: { capability: "read", path: "secret/data/shop/x" },
      before: { level: "none" },
      after: { level: "full", rule: "secret/data/*", policies: ["p"] },
    },
  });
});

test("a guardrail that holds is not told, nor one that only others break who did not change", () => {
  expect(
    told(side(OWN, SHOP), side(`${OWN}\npath "secret/data/app/cache" { capabilities = ["read"] }`, SHOP)),
  ).toEqual([]);
  expect(reviewRevisions(side(OWN, SHOP), side(OWN, SHOP), { now }).findings).toEqual([]);
});

test("one that was broken before is a warning that says so", () => {
  const [broken] = told(side(WIDE, SHOP), side(WIDE.replace('"delete"', '"update"'), SHOP));
  expect(broken).toMatchObject({ severity: "warning", cause: "it was broken before this change, too" });
});

test("one that may have been broken before, or would have been later, is an error all the same", () => {
  const own = 'path "secret/data/{{identity.entity.name}}/db" { capabilities = ["read"] }';
  const shut = `${WIDE}\npath "secret/data/shop/*" { capabilities = ["deny"] expiration = "2036-01-01T00:00:00Z" }`;
  for (const before of [own, shut]) {
    const [broken] = told(side(before, SHOP), side(`${own}\n${WIDE}`, SHOP));
    expect(broken).toMatchObject({ kind: "guardrail-broken", severity: "error" });
    expect(broken?.cause).toBeUndefined();
  }
  const [later] = told(side(WIDE, SHOP), side(shut, SHOP));
  expect(later).toMatchObject({ severity: "warning", cause: "it was broken before this change, too" });
});

test("what breaks a guardrail now is told before what will", () => {
  const guardrail = {
    ...SHOP,
    forbidden: [...SHOP.forbidden, { region: "secret/metadata/shop/*", capabilities: ["list" as const] }],
  };
  const head = `${WIDE}
    path "secret/metadata/shop/*" { capabilities = ["list"] }
    path "secret/data/shop/*" { capabilities = ["deny"] expiration = "2036-01-01T00:00:00Z" }`;
  expect(told(side(OWN, guardrail), side(head, guardrail))).toMatchObject([
    { sentence: `breaks the guardrail "${SHOP.words}"`, access: { witness: { capability: "list" } } },
  ]);
});

test("a new guardrail is asked of everybody", () => {
  const found = told(side(OWN), side(OWN, SHOP));
  expect(found.map(({ principals }) => principals)).toEqual([["auth/approle/role/still"]]);
});

test("a waiver excuses until it runs out", () => {
  const waived = (until: string): RevisionGuardrail => ({
    ...SHOP,
    waivers: [{ principal: "auth/approle/role/app", reason: "the shop moves", until }],
  });
  const open = waived("2026-06-02T00:00:00Z");
  expect(told(side(OWN, open), side(WIDE, open))[0]).toMatchObject({
    severity: "note",
    cause: "waived until 2026-06-02T00:00:00Z: the shop moves",
  });
  const past = waived("2026-05-31T00:00:00Z");
  expect(told(side(OWN, past), side(WIDE, past))[0]).toMatchObject({
    severity: "error",
    cause: "its waiver ran out on 2026-05-31T00:00:00Z",
  });
});

test("a waiver that the change adds is told as such", () => {
  const waived = {
    ...SHOP,
    waivers: [{ principal: "auth/approle/role/app", reason: "soon", until: "2026-07-01T00:00:00Z" }],
  };
  expect(told(side(OWN, SHOP), side(OWN, waived))).toMatchObject([
    {
      kind: "guardrail-removed",
      severity: "warning",
      sentence: expect.stringContaining("is waived for auth/approle/role/app"),
    },
  ]);
});

test("a guardrail that is gone, or says less, is told with what it no longer forbids", () => {
  expect(told(side(OWN, SHOP), side(OWN))).toMatchObject([
    {
      kind: "guardrail-removed",
      severity: "error",
      sentence: expect.stringContaining("is gone: nothing forbids read secret/data/shop/"),
    },
  ]);
  const less = { ...SHOP, forbidden: [{ region: "secret/data/shop/payments", capabilities: ["read"] }] };
  expect(givenUp(side(OWN, SHOP), side(OWN, less))?.sentence).toContain(
    "now says less: it no longer forbids read secret/data/shop/x",
  );
  const fewer = {
    ...SHOP,
    subject: { kind: "all-but" as const, principals: [...SHOP.subject.principals, "auth/approle/role/app"] },
  };
  expect(givenUp(side(OWN, SHOP), side(OWN, fewer))?.severity).toBe("error");
});

test("a guardrail in other words that brings a waiver along is told by the waiver", () => {
  const waivers = [{ principal: "auth/approle/role/app", reason: "soon", until: "2026-07-01T00:00:00Z" }];
  const waived = (base: AccessRevision, head: AccessRevision): Finding[] =>
    told(base, head).filter(({ kind }) => kind === "guardrail-removed");
  const other = { ...SHOP, words: "shop keeps its values", waivers };
  expect(waived(side(OWN, SHOP), side(OWN, other))).toMatchObject([
    {
      kind: "guardrail-removed",
      severity: "warning",
      sentence: expect.stringContaining(
        "is waived for auth/approle/role/app until 2026-07-01T00:00:00Z: soon",
      ),
    },
  ]);
  // One that was there before, or another guardrail that waives nothing, takes nothing away.
  expect(waived(side(OWN, { ...SHOP, waivers }), side(OWN, other))).toEqual([]);
  expect(
    waived(side(OWN, SHOP), side(OWN, other, { ...other, words: "and once more", waivers: [] })),
  ).toEqual([]);
});

test("a guardrail in other words that forbids as much is no loss", () => {
  const wider = {
    ...SHOP,
    words: "nobody may read any secret",
    subject: { kind: "all-but" as const, principals: [] },
    forbidden: [{ region: "secret/data/*", capabilities: ["read", "update"] }],
  };
  expect(told(side(OWN, SHOP), side(OWN, wider)).filter(({ kind }) => kind === "guardrail-removed")).toEqual(
    [],
  );
});

test("a rule that depends on who asks cannot be proved to hold, and fails closed", () => {
  const templated = 'path "secret/data/{{identity.entity.name}}/*" { capabilities = ["read"] }';
  const found = reviewRevisions(side(OWN, SHOP), side(templated, SHOP), { now }).findings;
  expect(found).toContainEqual(
    expect.objectContaining({
      kind: "unknown",
      severity: "error",
      rule: SHOP.words,
      principals: ["auth/approle/role/app"],
    }),
  );
});
