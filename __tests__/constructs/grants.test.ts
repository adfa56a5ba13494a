import type { IGrantable } from "../../constructs/grantable";
import { refusal, rulesOf, Workbench } from "./workbench";

type Verb = keyof IGrantable;

/** What a role may do after one grant on the secret app/db. */
function rulesAfter(verb: Verb, bench = new Workbench()): string[] {
  const role = bench.appRole();
  bench.secret("app/db")[verb](role);
  return rulesOf(role);
}

describe("on KV v2", () => {
  test.each<[Verb, string[]]>([
    ["grantRead", ['secret/data/app/db ["read"]']],
    ["grantList", ['secret/metadata/app/ ["list"]']],
    ["grantWrite", ['secret/data/app/db ["create", "update", "patch"]']],
    [
      "grantRotate",
      ['secret/data/app/db ["create", "read", "update", "patch"]', 'secret/metadata/app/db ["read"]'],
    ],
    [
      "grantDelete",
      [
        'secret/data/app/db ["delete"]',
        'secret/delete/app/db ["update"]',
        'secret/undelete/app/db ["update"]',
      ],
    ],
    [
      "grantAdminister",
      [
        'secret/destroy/app/db ["update"]',
        'secret/metadata/app/ ["list"]',
        'secret/metadata/app/db ["create", "read", "update", "patch", "delete"]',
      ],
    ],
  ])("%s comes to the least rules that serve it", (verb, rules) => {
    expect(rulesAfter(verb)).toEqual(rules);
  });
});

describe("on KV v1", () => {
  test.each<[Verb, string[]]>([
    ["grantRead", ['kv/app/db ["read"]']],
    ["grantList", ['kv/app/ ["list"]']],
    ["grantWrite", ['kv/app/db ["create", "update"]']],
    ["grantRotate", ['kv/app/db ["create", "read", "update"]']],
    ["grantDelete", ['kv/app/db ["delete"]']],
  ])("%s comes to the least rules that serve it", (verb, rules) => {
    expect(rulesAfter(verb, new Workbench({ path: "kv", version: 1 }))).toEqual(rules);
  });

  test("grantAdminister is refused, because there is nothing to administer", () => {
    const bench = new Workbench({ path: "kv", version: 1 });
    expect(refusal(() => rulesAfter("grantAdminister", bench))).toMatchInlineSnapshot(`
"HERE  test/shop/app.db: "administer" means nothing on the KV v1 mount "kv".
  KV v1 has no metadata: mount KV v2, or leave this grant out."
`);
  });
});

test("a secret at the top of its mount shows in the mount's own folder", () => {
  const bench = new Workbench();
  const role = bench.appRole();
  bench.secret("jwt").grantList(role);
  expect(rulesOf(role)).toEqual(['secret/metadata/ ["list"]']);
});

test("each rule says which construct granted it to whom", () => {
  const bench = new Workbench();
  const role = bench.appRole();
  bench.secret("jwt").grantRotate(role);
  expect(role.document().rules.map(({ comment }) => comment)).toEqual([
    "rotate values: granted by test/shop/jwt to shop",
    "rotate values: granted by test/shop/jwt to shop",
  ]);
});

test("several grants on one path come to one rule, in any order", () => {
  const both = (verbs: Verb[]) => {
    const bench = new Workbench();
    const role = bench.appRole();
    for (const verb of verbs) bench.secret(`app/${verb}`)[verb](role);
    const db = bench.secret("app/db");
    for (const verb of verbs) db[verb](role);
    return rulesOf(role).filter((rule) => rule.includes("app/db"));
  };
  expect(both(["grantRead", "grantWrite"])).toEqual([
    'secret/data/app/db ["create", "read", "update", "patch"]',
  ]);
  expect(both(["grantWrite", "grantRead"])).toEqual(both(["grantRead", "grantWrite"]));
});

test("a grant on a family is not taken away by a grant on one of its members", () => {
  const bench = new Workbench();
  const role = bench.appRole();
  bench.family("app/{name}").grantRead(role);
  bench.secret("app/db").grantWrite(role);
  expect(rulesOf(role)).toEqual([
    'secret/data/app/+ ["read"]',
    'secret/data/app/db ["create", "read", "update", "patch"]',
  ]);
});

test("several principals are granted the same at once", () => {
  const bench = new Workbench();
  const [one, two] = [bench.appRole("one"), bench.appRole("two")];
  bench.secret("jwt").grantRead(one, two);
  expect([rulesOf(one), rulesOf(two)]).toEqual([['secret/data/jwt ["read"]'], ['secret/data/jwt ["read"]']]);
});

test("a grant to nobody is refused", () => {
  expect(refusal(() => new Workbench().secret("jwt").grantRead())).toBe(
    'HERE  test/shop/jwt: "read" is granted to nobody.\n  Name whom: the principals go between the brackets.',
  );
});

test("the list of a principal's grants is a copy", () => {
  const role = new Workbench().appRole();
  (role.grants as unknown[]).push("mine");
  expect(role.grants).toEqual([]);
});
