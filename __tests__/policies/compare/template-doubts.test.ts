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
