import { PolicyDocument } from "../../../policies/document";
import { reviewRevisions } from "../../../review/compare/review-revisions";
import type { AccessRevision, RevisionPolicy } from "../../../review/model";
import { principal, SECRETS } from "../corpus/case";
import { appRole, revision } from "../revision";

const READ = 'path "secret/data/app/db" { capabilities = ["read"] }';
const base = revision({ secrets: SECRETS, policies: { p: READ }, roles: { app: ["p"], other: [] } });

function derived(
  rules: RevisionPolicy["document"]["rules"],
  lines: readonly (number | undefined)[],
): AccessRevision {
  const policy: RevisionPolicy = {
    name: "p",
    document: new PolicyDocument(rules),
    verbatim: false,
    place: { file: "systems/app.ts", line: 7 },
    rulePlaces: lines.map((line) => (line === undefined ? undefined : { file: "systems/app.ts", line })),
  };
  return { ...revision({ secrets: SECRETS, principals: [appRole("app", ["p"])] }), policies: [policy] };
}

test("tells which sides it compared, and of how many principals nothing changed", () => {
  const head = revision({
    label: "head",
    secrets: SECRETS,
    policies: { p: READ.replace("db", "cache") },
    roles: { app: ["p"], other: [] },
  });
  const review = reviewRevisions(base, head);
  expect(review).toMatchObject({
    command: "review",
    base: { label: "sketch", engine: "openbao@2.7.2" },
    head: { label: "head" },
    unchangedPrincipals: 1,
  });
  expect(review.findings.map(({ kind }) => kind)).toEqual(["gained", "lost"]);
});

test("points at the grant's line for a derived policy, at the exact rule of a text, and at more lines where there are more", () => {
  const read = (path: string) => ({ path: `secret/data/${path}`, capabilities: ["read" as const] });
  const [gained] = reviewRevisions(
    derived([read("app/db")], [12]),
    derived([read("app/db"), read("app/cache"), read("shop/payments")], [12, 14, 15]),
  ).findings;
  expect(gained?.place).toEqual({ file: "systems/app.ts", line: 14 });
  expect(gained?.alsoAt).toEqual([{ file: "systems/app.ts", line: 15 }]);
  const [verbatim] = reviewRevisions(
    base,
    revision({
      secrets: SECRETS,
      policies: {
        p: `# a comment\n\n${READ}\n\npath "secret/data/app/cache" {\n  capabilities = ["read"]\n}`,
      },
      roles: { app: ["p"], other: [] },
    }),
  ).findings;
  expect(verbatim?.place).toEqual({ file: "policies/p.hcl", line: 5, column: 6, endLine: 5, endColumn: 29 });
});

test("of a rule that several grants made, the one that brings the gain is pointed at", () => {
  const at = (line: number) => ({ file: "systems/app.ts", line });
  const side = (capabilities: readonly ("read" | "update")[]): AccessRevision => {
    const made = derived([{ path: "secret/data/app/db", capabilities }], [12]);
    const [policy] = made.policies as [RevisionPolicy];
    return { ...made, policies: [{ ...policy, capabilityPlaces: [{ read: at(12), update: at(14) }] }] };
  };
  const [gained] = reviewRevisions(side(["read"]), side(["read", "update"])).findings;
  expect(gained?.place).toEqual(at(14));
});

test("comments and the order of policies are no change", () => {
  const head = revision({
    secrets: SECRETS,
    policies: { p: `# why\n${READ}` },
    roles: { app: ["p", "p"], other: [] },
  });
  expect(reviewRevisions(base, head).findings).toEqual([]);
});

test("the same fact has the same id in every run, and another fact another", () => {
  const wide = (path: string) =>
    revision({
      secrets: SECRETS,
      policies: { p: `path "${path}" { capabilities = ["read"] }` },
      roles: { app: ["p"], other: [] },
    });
  const ids = (head: AccessRevision): string[] => reviewRevisions(base, head).findings.map(({ id }) => id);
  expect(ids(wide("secret/data/*"))).toEqual(ids(wide("secret/data/*")));
  expect(ids(wide("secret/data/*"))).not.toEqual(ids(wide("secret/data/shop/*")));
  expect(new Set(ids(wide("secret/data/shop/*"))).size).toBe(ids(wide("secret/data/shop/*")).length);
});

test("owners are those of the principal and of the secrets", () => {
  const owned = (path: string): AccessRevision => ({
    ...revision({
      secrets: SECRETS,
      policies: { p: `path "secret/data/${path}" { capabilities = ["read"] }` },
    }),
    principals: [
      principal("app", { owner: "team-app", system: "app", holds: [{ policy: "p", by: "role" }] }),
    ],
  });
  const [gained] = reviewRevisions(owned("app/db"), owned("*")).findings;
  expect(gained?.owners).toEqual(["team-app", "team-projects", "team-shop"]);
  // Secrets of other systems are named first, and shown first.
  expect(gained?.access?.regions[0]).toBe("secret/project/{project}/{name}");
  expect(gained?.access?.witness.path).toBe("secret/data/project/x/x");
});

test("a policy that is in the hands of nobody changes nothing", () => {
  const head = revision({
    secrets: SECRETS,
    policies: { p: READ, idle: 'path "*" { capabilities = ["sudo", "update"] }' },
    roles: { app: ["p"], other: [] },
  });
  expect(reviewRevisions(base, head).findings).toEqual([]);
});

test("a lint that stood before is not told again, a new one is, with its line", () => {
  const odd = `${READ}\npath "secret/app/db" { capabilities = ["read"] }`;
  const side = (text: string) =>
    revision({ secrets: SECRETS, policies: { p: text }, roles: { app: ["p"], other: [] } });
  const lints = (from: string, to: string) =>
    reviewRevisions(side(from), side(to)).findings.filter(({ kind }) => kind === "lint");
  expect(lints(READ, odd)).toMatchObject([
    {
      rule: "KV2_MISSING_DATA",
      place: { file: "policies/p.hcl", line: 2 },
      principals: ["auth/approle/role/app"],
    },
  ]);
  expect(lints(odd, `${odd}\npath "secret/data/app/cache" { capabilities = ["read"] }`)).toEqual([]);
});

test("a new lint that is suppressed is noted with the reason", () => {
  const side = (text: string) =>
    revision({ secrets: SECRETS, policies: { p: text }, roles: { app: ["p"], other: [] } });
  const odd = `${READ}\npath "secret/app/db" { capabilities = ["read"] }`;
  const suppressions = [{ id: "KV2_MISSING_DATA", reason: "kept for a tool that asks for it" }];
  const found = reviewRevisions(side(READ), side(odd), { suppressions }).findings;
  expect(found.find(({ kind }) => kind === "lint")).toMatchObject({
    severity: "note",
    cause: "suppressed: kept for a tool that asks for it",
  });
});

test("a doubt on both sides is noted, one of either side fails closed", () => {
  const doubt = { reason: "a module was not looked into" };
  const doubtful = { ...base, doubts: [doubt] };
  expect(reviewRevisions(doubtful, doubtful)).toMatchObject({
    findings: [],
    notes: expect.arrayContaining([expect.stringContaining(doubt.reason)]),
  });
  for (const review of [reviewRevisions(base, doubtful), reviewRevisions(doubtful, base)])
    expect(review.findings).toMatchObject([
      { kind: "unknown", severity: "error", sentence: expect.stringContaining(doubt.reason) },
    ]);
});

test("an engine that nobody knows well is noted, and one that cannot be told from its version fails closed", () => {
  const head = (engine: string): AccessRevision => ({ ...base, engine });
  expect(reviewRevisions(base, head("openbao@9.9.9")).notes[0]).toContain("openbao 9.9.9");
  expect(reviewRevisions(base, head("vault@2.2.2")).findings.map(({ kind }) => kind)).toContain("unknown");
});

test("where the engine is not exact, a change of rules cannot be told for certain, and nothing else is in doubt", () => {
  const on = (text: string): AccessRevision =>
    revision({
      engine: "vault@2.2.2",
      secrets: SECRETS,
      policies: { p: text },
      roles: { app: ["p"], other: [] },
    });
  const kinds = (text: string): string[] =>
    reviewRevisions(on(READ), on(text)).findings.map(({ kind }) => kind);
  expect(kinds(READ.replace("db", "cache"))).toEqual(["gained", "unknown", "lost"]);
  expect(kinds(`# a comment\n${READ}`)).toEqual([]);
});

test("a rule that depends on who asks is pointed at", () => {
  const templated = `${READ}\npath "secret/data/{{identity.entity.name}}" { capabilities = ["read"] }`;
  const head = revision({ secrets: SECRETS, policies: { p: templated }, roles: { app: ["p"], other: [] } });
  expect(reviewRevisions(base, head).findings.find(({ kind }) => kind === "unknown")).toMatchObject({
    place: { file: "policies/p.hcl", line: 2 },
  });
});

test("root beside other policies is root", () => {
  const head = revision({
    secrets: SECRETS,
    policies: { p: READ },
    roles: { app: ["p", "root"], other: [] },
  });
  expect(reviewRevisions(base, head).findings[0]).toMatchObject({
    kind: "escalation-gained",
    severity: "error",
  });
});

test("more kinds of paths than may be looked at are told as unknown", () => {
  const many = Array.from(
    { length: 20 },
    (_, at) => `path "secret/data/+/x${at}/*" { capabilities = ["read"] }`,
  ).join("\n");
  const head = revision({ secrets: SECRETS, policies: { p: many }, roles: { app: ["p"], other: [] } });
  const { findings } = reviewRevisions(base, head, { budget: 20 });
  expect(findings.filter(({ kind }) => kind === "unknown")).toMatchObject([
    {
      severity: "error",
      principals: ["auth/approle/role/app"],
      sentence: expect.stringContaining("more kinds of paths"),
    },
  ]);
});

test("a way to everything that may have been missed is told as unknown", () => {
  const many = Array.from(
    { length: 60 },
    (_, depth) => `path "${"+/".repeat(depth)}x/*" { capabilities = ["read"] }`,
  ).join("\n");
  const head = revision({ policies: { p: many }, roles: { app: ["p"] } });
  const { findings } = reviewRevisions(revision({ policies: { p: READ }, roles: { app: ["p"] } }), head, {
    budget: 20,
  });
  expect(findings.filter(({ kind }) => kind === "unknown").map(({ sentence }) => sentence)).toContainEqual(
    expect.stringContaining("may be able to get everything"),
  );
}, 30_000);

test("where neither side has the text of default, a note says what is taken of it, and only where somebody holds it", () => {
  const held = (label: string) =>
    revision({ label, policies: { p: READ }, roles: { app: ["p", "default"] } });
  expect(reviewRevisions(held("base"), held("head")).notes).toEqual([
    "Both sides have the engine's own policy default, or say nothing of it.",
  ]);
  expect(reviewRevisions(base, base).notes).toEqual([]);
});

describe("a doubt on both sides", () => {
  const doubted = (reason: string, content?: string) =>
    revision({ doubts: [{ reason, ...(content === undefined ? {} : { content }) }] });
  const kinds = (...sides: [AccessRevision, AccessRevision]) =>
    reviewRevisions(...sides).findings.map(({ kind }) => kind);

  test("about the same content says nothing of the change", () => {
    expect(kinds(doubted("x is not known here", "1"), doubted("x is not known here", "1"))).toEqual([]);
  });

  test("about another content may be the change", () => {
    expect(kinds(doubted("x is not known here", "1"), doubted("x is not known here", "2"))).toContain(
      "unknown",
    );
  });

  test("about what is known after apply is open, however it is worded", () => {
    const open = () => doubted("the text of policy p is not known: known after apply");
    expect(kinds(open(), open())).toEqual(["unknown"]);
    const inside = () => doubted("x is not known here", "1 known after apply");
    expect(kinds(inside(), inside())).toEqual(["unknown"]);
  });
});

test("what is lost with a mount is told by the names that it had", () => {
  const paths = ["db", "cache", "queue"].map(
    (name) => `path "old/data/app/${name}" { capabilities = ["read"] }`,
  );
  const secrets = ["db", "cache", "queue"].map((name) => ({
    mount: "old/",
    path: `app/${name}`,
    title: `old/app/${name}`,
  }));
  const old = { path: "old/", type: "kv", kvVersion: 2 as const };
  const [secret] = base.mounts;
  const was = revision({
    mounts: [secret, old].flatMap((each) => each ?? []),
    secrets,
    policies: { p: paths.join("\n") },
    roles: { app: ["p"] },
  });
  const is = revision({ policies: { p: "" }, roles: { app: ["p"] } });
  const lost = reviewRevisions(was, is).findings.filter(({ kind }) => kind === "lost");
  expect(lost.map(({ sentence }) => sentence)).toEqual([
    "can no longer read values of old/app/cache, old/app/db and old/app/queue",
  ]);
});

test("a login role of a method with a deeper path is a way to everything, though its roles have no power", () => {
  const written = revision({
    policies: { p: READ, w: 'path "auth/team/approle/role/new" { capabilities = ["update"] }' },
    roles: { other: ["p"] },
    principals: [{ ...appRole("member", ["p"]), name: "auth/team/approle/role/member" }],
  });
  const head = { ...written, principals: [...written.principals.slice(1), appRole("other", ["p", "w"])] };
  const kinds = reviewRevisions(written, head).findings.map(({ kind, titles }) => [kind, ...titles]);
  expect(kinds).toContainEqual(["escalation-gained", "AppRole other"]);
});
