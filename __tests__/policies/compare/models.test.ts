import { compareModels } from "../../../policies/compare/models";
import { PolicyDocument } from "../../../policies/document";
import type { AccessModel } from "../../../policies/queries/principal";

function model(policies: Record<string, string>, principals: Record<string, string[]>): AccessModel {
  return {
    engine: "openbao@2.7.2",
    policies: Object.entries(policies).map(([name, source]) => ({
      name,
      document: PolicyDocument.parse(source),
    })),
    principals: Object.entries(principals).map(([name, held]) => ({ name, policies: held })),
  };
}

const a = 'path "a" { capabilities = ["read"] }';
const b = 'path "b" { capabilities = ["read"] }';

test("tells each principal that is touched by a change, and no other", () => {
  const before = model({ a, b }, { ann: ["a"], bob: ["b"], both: ["b", "a"] });
  const after = model(
    { a: `# a comment\n${a}`, b: 'path "b" { capabilities = ["list"] }' },
    { ann: ["a"], bob: ["b"], both: ["a", "b"] },
  );
  const changes = compareModels(before, after);
  expect(changes.map(({ principal, presence }) => [principal, presence])).toEqual([
    ["bob", "both"],
    ["both", "both"],
  ]);
  expect(
    changes[0]?.comparison.differences.map(({ kind, capability, witness }) => [kind, capability, witness]),
  ).toEqual([
    ["gained", "list", "b/"],
    ["lost", "read", "b"],
  ]);
});

test("principals that come or go gain or lose all that they have", () => {
  const changes = compareModels(model({ a, b }, { ann: ["a"] }), model({ a, b }, { bob: ["b"] }));
  expect(
    changes.map(({ principal, presence, comparison }) => [
      principal,
      presence,
      comparison.differences.map(({ kind }) => kind),
    ]),
  ).toEqual([
    ["ann", "removed", ["lost"]],
    ["bob", "added", ["gained"]],
  ]);
});

test("a policy that is attached to a principal counts, one that is only renamed does not", () => {
  expect(compareModels(model({ a }, { ann: ["a"] }), model({ c: a }, { ann: ["c"] }))).toEqual([]);
  expect(compareModels(model({ a, b }, { ann: ["a"] }), model({ a, b }, { ann: ["a", "b"] }))).toHaveLength(
    1,
  );
});
