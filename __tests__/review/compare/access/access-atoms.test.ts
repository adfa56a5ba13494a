import { reviewRevisions } from "../../../../review/compare/review-revisions";
import type { AccessRevision, RevisionPrincipal } from "../../../../review/model";
import { appRole, type RevisionSketch, revision } from "../../revision";

/** What is said of access, kind first. */
function told(base: AccessRevision, head: AccessRevision): string[] {
  return reviewRevisions(base, head)
    .findings.filter(({ access, kind }) => access !== undefined || kind === "unknown")
    .map(({ kind, sentence }) => `${kind}: ${sentence}`);
}

const secrets = { path: "secret/", type: "kv", kvVersion: 2 as const };
const pki = { path: "pki/", type: "pki", identity: "1" };

test("who was root and may still list everything has lost other things, but no list", () => {
  const side = (held: string): AccessRevision =>
    revision({ policies: { p: 'path "*" { capabilities = ["list"] }' }, roles: { app: [held] } });
  const lost = reviewRevisions(side("root"), side("p")).findings.filter(({ kind }) => kind === "lost");
  const names = lost.filter(({ access }) => access?.intent === "see-names").map(({ access }) => access);
  // Listing at once, and the names of fields.
  expect(names.map((access) => access?.capabilities)).toEqual([["scan"], ["read"]]);
  const [gone] = reviewRevisions(side("root"), side("nothing")).findings.filter(
    ({ access }) => access?.intent === "see-names" && access.capabilities.includes("list"),
  );
  expect(gone?.access?.witness.path).toMatch(/\/$/);
});

test("what needed sudo on a mount of the base was not lost with a mount that is gone, moved, or of another type", () => {
  const held: RevisionSketch = {
    policies: { p: 'path "pki/root" { capabilities = ["update"] }' },
    roles: { app: ["p"] },
  };
  const before = revision({ ...held, mounts: [pki] });
  const none = { ...held, policies: { p: 'path "other" { capabilities = [] }' } };
  for (const mounts of [[], [{ ...pki, path: "ca/" }], [{ ...pki, type: "transit" }]])
    expect([mounts, told(before, revision({ ...none, mounts }))]).toEqual([mounts, []]);
  const sudo = { ...held, policies: { p: 'path "pki/root" { capabilities = ["update", "sudo"] }' } };
  expect(told(revision({ ...sudo, mounts: [pki] }), revision({ ...none, mounts: [pki] }))).toEqual([
    "lost: can no longer use update on pki/root",
  ]);
});

/** A name that OpenBao 2.7.2 lets into no template: whoever bears it is refused everything. */
function named(name: string): RevisionPrincipal {
  return { ...appRole("app", ["p", "t"]), entity: { id: "1", name } };
}

test("whom the engine refuses every request before and after has gained and lost nothing", () => {
  const side = (name: string, rule: string): AccessRevision =>
    revision({
      mounts: [secrets],
      policies: {
        p: rule,
        t: 'path "secret/data/{{identity.entity.name}}" { capabilities = ["read"] }',
      },
      principals: [named(name)],
    });
  const [a, b] = ["a", "b"].map((path) => `path "secret/data/${path}" { capabilities = ["read"] }`) as [
    string,
    string,
  ];
  expect(told(side("team/ann", a), side("team/ann", b))).toEqual([]);
  expect(told(side("ann", a), side("ann", b))).toEqual([
    "gained: can now read values of secret/b",
    "lost: can no longer read values of secret/a",
  ]);
});

/** What is said when these rules come to somebody who has none. */
function gained(...rules: string[]): string[] {
  return told(
    revision({ policies: { p: "# nothing" }, roles: { app: ["p"] } }),
    revision({ policies: { p: rules.join("\n") }, roles: { app: ["p"] } }),
  );
}

test("a region is told as secrets are named, however its rule reaches into the mount", () => {
  const read = (path: string): string => `path "${path}" { capabilities = ["read"] }`;
  expect(gained(read("+/data/a"))).toContain("gained: can now read values of secret/a");
  expect(gained('path "secret/+" { capabilities = ["list"] }')).toEqual([
    "gained: can now see names under secret/",
  ]);
  expect(gained(read("secret/+/a/*"))).toContain("gained: can now read values of everything under secret/a/");
  expect(gained(read("+/+/a/+"))).toContain("gained: can now read values of secret/a/+");
  expect(gained('path "secret/metadata" { capabilities = ["list"] }')).toEqual([
    "gained: can now see names under secret/",
  ]);
});

test("to read how a mount is configured is not to configure it", () => {
  const rule = (words: string): string => `path "secret/config" { capabilities = [${words}] }`;
  expect(gained(rule('"read"'))).toEqual(["gained: can now read the configuration of the mount secret/"]);
  expect(gained(rule('"read", "update"'))).toEqual(["gained: can now configure the mount secret/"]);
});

test("the way back of a change without effect says the opposite, also beside other conditions", () => {
  const wide = 'path "secret/+/b/*" { capabilities = ["create"]\nallowed_parameters = { "a" = [] } }';
  const own = 'path "secret/undelete/b/*" { capabilities = ["create", "update"]\nmin_wrapping_ttl = "120s" }';
  const side = (text: string): AccessRevision => revision({ policies: { p: text }, roles: { app: ["p"] } });
  const [a, b] = [side(`${wide}\n${own}`), side(wide)];
  const count = (from: AccessRevision, to: AccessRevision): number => told(from, to).length;
  expect(count(a, b)).toBe(1);
  expect(count(b, a)).toBe(1);
});

test("a rule that depends on who asks is in doubt where its mount moved, and nowhere else", () => {
  const side = (path: string, kvVersion: 1 | 2 = 2): AccessRevision =>
    revision({
      mounts: [
        { path, type: "kv", kvVersion, identity: "1" },
        { path: "other/", type: "kv", kvVersion: 2, identity: "2" },
      ],
      policies: { p: 'path "secret/data/{{identity.entity.name}}/*" { capabilities = ["read"] }' },
      roles: { app: ["p"] },
    });
  const doubt =
    'unknown: cannot be told for certain: path "secret/data/{{identity.entity.name}}/*" depends on who asks, and a mount that it may reach has moved';
  expect(told(side("secret/"), side("vault/"))).toEqual([doubt]);
  expect(told(side("secret/"), side("secret/", 1))).toEqual([doubt]);
  expect(told(side("secret/"), side("secret/"))).toEqual([]);
  expect(told(side("third/"), side("fourth/"))).toEqual([]);
});

test("a rule that depends on who asks may turn out to be one with what changed", () => {
  const read = 'path "secret/data/{{identity.entity.name}}" { capabilities = ["read"] }';
  const side = (rule: string): AccessRevision =>
    revision({ policies: { p: `${read}\n${rule}` }, roles: { app: ["p"] } });
  const bob = (more: string): string => `path "secret/data/bob" { ${more} }`;
  const doubt = expect.stringMatching(
    /^unknown: .* depends on who asks, and may be the same path as what changed$/,
  );
  // Whoever is called bob may read now: a denial swallowed the other rule.
  expect(told(side(bob('capabilities = ["deny"]')), side(bob("capabilities = []")))).toEqual([doubt]);
  expect(told(side(bob("capabilities = []")), side(bob('capabilities = ["deny"]')))).toEqual([doubt]);
  expect(
    told(
      side(bob('capabilities = ["update"]')),
      side(bob('capabilities = ["update"]\nrequired_parameters = ["x"]')),
    ),
  ).toContainEqual(doubt);
  expect(told(side(bob('capabilities = ["list"]')), side(bob("capabilities = []")))).not.toContainEqual(
    doubt,
  );
});
