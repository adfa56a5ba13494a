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

describe("what ends", () => {
  const now = Date.UTC(2026, 0, 1);
  const rule = (end?: string, words = '"read"') =>
    `path "a" { capabilities = [${words}]${end ? ` expiration = "${end}-01-01T00:00:00Z"` : ""} }`;
  const changed = (before: string, after: string, at: number | undefined = now) => {
    const [was, is] = [before, after].map((p) => ({
      ...model({ p }, { ann: ["p"] }),
      ...(at === undefined ? {} : { now: at }),
    }));
    return compareModels(was as AccessModel, is as AccessModel).flatMap(({ comparison }) =>
      comparison.differences.map(({ kind, capability, witness, from }) => [kind, capability, witness, from]),
    );
  };

  test("later is told with the moment from which it makes a difference", () => {
    const end = "2030-01-01T00:00:00Z";
    expect(changed(rule(), rule("2030"))).toEqual([["lost", "read", "a", end]]);
    expect(changed(rule("2030"), rule())).toEqual([["gained", "read", "a", end]]);
    expect(changed(rule("2031"), rule("2030"))).toEqual([["lost", "read", "a", end]]);
    expect(changed(rule("2030"), `# the same\n${rule("2030")}`)).toEqual([]);
  });

  test("a deny that ends opens what it kept closed", () => {
    const wide = 'path "*" { capabilities = ["read"] }\n';
    expect(changed(wide + rule(undefined, '"deny"'), wide + rule("2030", '"deny"'))).toEqual([
      ["gained", "read", "a", "2030-01-01T00:00:00Z"],
    ]);
  });

  test("what differs now is told once, and as of now", () => {
    expect(changed("# nothing", `${rule("2030")}\npath "b" { expiration = "2040-01-01T00:00:00Z" }`)).toEqual(
      [["gained", "read", "a", undefined]],
    );
    expect(changed(rule(), rule("2020"))).toEqual([["lost", "read", "a", undefined]]);
  });

  test("the end of a whole policy counts as the ends of its rules", () => {
    const ending = (expiration?: string): AccessModel => {
      const { policies, ...rest } = model({ p: a }, { ann: ["p"] });
      const ended = policies.map((each) => ({ ...each, ...(expiration ? { expiration } : {}) }));
      return { ...rest, now, policies: ended };
    };
    const [was, is] = [ending(), ending("2030-01-01T00:00:00Z")];
    expect(compareModels(was, is)[0]?.comparison.differences).toMatchObject([
      { kind: "lost", from: "2030-01-01T00:00:00Z" },
    ]);
    expect(compareModels(was, ending("2020-01-01T00:00:00Z"))[0]?.comparison.differences).toMatchObject([
      { kind: "lost", capability: "read" },
    ]);
  });

  test("too many moments to look at are said, and never passed over", () => {
    const many = Array.from(
      { length: 60 },
      (_, at) => `path "x${at}" { capabilities = ["read"] expiration = ${1_900_000_000 + at} }`,
    ).join("\n");
    const found = changed("# nothing", many).filter(([kind]) => kind === "unknown");
    expect(found).toHaveLength(1);
  });
});
