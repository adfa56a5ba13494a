import { compareAccess } from "../../../policies/compare/compare";
import { PolicyDocument } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";

const OWN = 'path "secret/{{identity.entity.name}}" { capabilities = ["read"] }';

function kinds(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) =>
    AccessList.compile([{ name: "p", document: PolicyDocument.parse(`${OWN}\n${text}`) }], {
      engine: "openbao@2.7.2",
    }),
  ) as [AccessList, AccessList];
  return compareAccess(old, now).differences.map(({ kind, reason }) =>
    reason ? `${kind}: ${reason}` : kind,
  );
}

const bob = (words: string): string => `path "secret/bob" { capabilities = [${words}] }`;

test("what a template may be one with, or stand behind, is in doubt", () => {
  const same = `unknown: path "secret/{{identity.entity.name}}" depends on who asks, and may be the same path as what changed`;
  expect(kinds(bob('"deny"'), bob(""))).toEqual([same]);
  const behind = `unknown: path "secret/{{identity.entity.name}}" depends on who asks, and may outrank what changed`;
  expect(kinds("", bob('"deny"'))).toEqual([behind]);
});

test("what no template can be is in no doubt", () => {
  expect(
    kinds('path "other/bob" { capabilities = ["deny"] }', 'path "other/bob" { capabilities = [] }'),
  ).toEqual([]);
  expect(kinds(bob('"list"'), bob('"delete"'))).toEqual(["gained", "lost"]);
});

describe("a template that may stand between the two rules that decide", () => {
  const WIDE = 'path "secret/*" { capabilities = ["read"] max_wrapping_ttl = "1h" }\n';
  const exact = (most: string) =>
    `path "secret/team/bob/db" { capabilities = ["read"] max_wrapping_ttl = "${most}" }\n`;
  const between = (words: string, more = "") =>
    `path "secret/team/{{identity.entity.name}}/*" { capabilities = [${words}] ${more} }\n`;
  const doubt = `unknown: path "secret/team/{{identity.entity.name}}/*" depends on who asks, and may outrank what changed`;

  test("and denies makes a gain of what seems less, or the same", () => {
    const deny = between('"deny"');
    expect(kinds(WIDE + deny, WIDE + deny + exact("1m"))).toEqual(["narrowed", doubt]);
    expect(kinds(WIDE + deny, WIDE + deny + exact("1h"))).toEqual([doubt]);
  });

  test("and grants more makes a gain of what seems lost, and one that grants no more does not", () => {
    const lost = (granting: string) =>
      kinds(WIDE + granting + exact("1m"), WIDE + granting + exact("1m").replace('"read"', '"deny"'));
    expect(lost(between('"read"'))).toEqual(["lost"]);
    const gone = (granting: string) =>
      kinds(WIDE.replace("1h", "1m") + granting + exact("1m"), WIDE.replace('"read"', '"deny"') + granting);
    expect(gone(between('"read"'))).toContain(doubt);
    expect(gone(between('"read"', 'max_wrapping_ttl = "30s"'))).toEqual(["lost", "lost"]);
  });

  test("and asks for other conditions is no less in doubt than one without", () => {
    const other = between('"read"', 'max_wrapping_ttl = "5m"');
    expect(kinds(WIDE + other, WIDE + other + exact("1h"))).toEqual([doubt]);
  });
});
