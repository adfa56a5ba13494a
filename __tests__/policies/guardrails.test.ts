import fc from "fast-check";
import type { Capability } from "../../policies/capability";
import { coverPaths } from "../../policies/compare/cover";
import { decidingRules, grantOf } from "../../policies/compare/grant";
import { endInWords } from "../../policies/compare/over-time";
import { PolicyDocument } from "../../policies/document";
import { PolicyUsageError } from "../../policies/errors";
import { checkGuardrails, idleWaivers } from "../../policies/guardrails/check";
import type { Guardrail } from "../../policies/guardrails/guardrail";
import { nobody, none, noOtherSystem, only, waive } from "../../policies/guardrails/vocabulary";
import { CompiledModel } from "../../policies/queries/principal";
import type { AccessList } from "../../policies/semantics/access-list";
import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { patternFor } from "../../policies/semantics/rank";
import { policySet, rulePath } from "./generators";

const checkGuardrail = (guardrail: Guardrail, of: CompiledModel, now?: number) =>
  checkGuardrails([guardrail], of, now).flat();

const policy = (name: string, source: string) => ({ name, document: PolicyDocument.parse(source) });
const model = new CompiledModel({
  engine: "openbao@2.7.2",
  policies: [
    policy("ci", 'path "secret/data/goblin/providers/*" { capabilities = ["create", "update"] }'),
    policy("app", 'path "secret/data/+/providers/openai" { capabilities = ["read"] }'),
    policy(
      "wide",
      'path "secret/+/goblin*" { capabilities = ["update"] }\npath "secret/data/goblin/*" { capabilities = ["deny"] }',
    ),
    policy("own", 'path "secret/data/{{identity.entity.id}}/*" { capabilities = ["read"] }'),
  ],
  principals: ["ci", "app", "wide", "own"].map((name) => ({ name, policies: [name] })),
});
const providers = { mount: "secret/", path: "goblin/providers/*" };

test("a guardrail that holds has no breach", () => {
  expect(checkGuardrail(only("ci").mayWrite(providers), model)).toEqual([]);
});

test("a guardrail that is broken has a witness and the rule that allows it", () => {
  const [breach] = checkGuardrail(only("ci").mayDestroy(providers), model);
  expect(breach).toMatchObject({
    verdict: "broken",
    principal: "wide",
    capability: "update",
    witness: "secret/destroy/goblin/providers/x",
    rule: "secret/+/goblin*",
    policies: ["wide"],
  });
});

test("what a template may reach is unknown, and fails", () => {
  const breaches = checkGuardrail(noOtherSystem("goblin", ["ci"]).mayReadValues(providers), model);
  expect(breaches.map(({ principal, verdict, witness }) => [principal, verdict, witness])).toEqual([
    ["app", "broken", "secret/data/goblin/providers/openai"],
    ["own", "unknown", undefined],
  ]);
});

test("a template without a slash may be the folder that is listed, and a reader of it lists nothing", () => {
  const verdicts = (capability: string) => {
    const text = `path "secret/metadata/{{identity.entity.name}}" { capabilities = ["${capability}"] }`;
    const own = { name: "own", policies: ["own"] };
    const of = new CompiledModel({
      engine: "openbao@2.7.2",
      policies: [policy("own", text)],
      principals: [own],
    });
    return checkGuardrail(nobody.maySeeNames({ mount: "secret/", path: "alice/db" }), of).map(
      ({ verdict }) => verdict,
    );
  };
  expect(new Set(verdicts("list"))).toEqual(new Set(["unknown"]));
  expect(verdicts("read")).toEqual([]);
});

test("nobody may reach sudo: holds where no rule grants it", () => {
  expect(checkGuardrail(nobody.mayReachSudo(), model).filter(({ verdict }) => verdict === "broken")).toEqual(
    [],
  );
});

describe("a waiver", () => {
  const until = (end: string) =>
    waive(only("ci").mayDestroy(providers), "wide", "until the migration is over", end);

  test("excuses one principal until it runs out", () => {
    const guardrail = until("2030-01-01T00:00:00Z");
    expect(checkGuardrail(guardrail, model, Date.UTC(2029, 0))).toMatchObject([
      { principal: "wide", waiver: { reason: "until the migration is over" } },
    ]);
    const [late] = checkGuardrail(guardrail, model, Date.UTC(2031, 0));
    expect(late?.waiver).toBeUndefined();
    expect(late?.expired?.until).toBe("2030-01-01T00:00:00Z");
  });

  test("counts as run out where nobody says what time it is", () => {
    expect(checkGuardrail(until("2030-01-01T00:00:00Z"), model)[0]?.waiver).toBeUndefined();
  });

  test("is idle when its principal breaks nothing", () => {
    const guardrail = waive(until("2030-01-01T00:00:00Z"), "app", "by mistake", "2030-01-01T00:00:00Z");
    expect(
      idleWaivers(guardrail, checkGuardrail(guardrail, model)).map(({ principal }) => principal),
    ).toEqual(["app"]);
  });
});

test("what says nothing is refused: no secret, no principal, no capability, no reason, no end", () => {
  expect(() => nobody.mayWrite()).toThrow(PolicyUsageError);
  expect(() => only()).toThrow(PolicyUsageError);
  expect(() => none()).toThrow(PolicyUsageError);
  expect(() => nobody.mayUse([], "sys/*")).toThrow(PolicyUsageError);
  expect(() => nobody.mayUse(["deny" as "read"], "sys/*")).toThrow(PolicyUsageError);
  expect(() => waive(nobody.mayReachSudo(), "x", " ", "2030-01-01T00:00:00Z")).toThrow(PolicyUsageError);
  expect(() => waive(nobody.mayReachSudo(), "x", "why", "soon")).toThrow(PolicyUsageError);
});

test("to list a folder is broken by whoever may list it, with or without its slash", () => {
  const listed = (path: string, region: string) =>
    checkGuardrail(
      nobody.mayUse(["list", "read"], region),
      new CompiledModel({
        engine: "openbao@2.7.2",
        policies: [
          { name: "p", document: PolicyDocument.parse(`path "${path}" { capabilities = ["list"] }`) },
        ],
        principals: [{ name: "p", policies: ["p"] }],
      }),
    ).map(({ witness }) => witness);
  expect(listed("kv/metadata/app/", "kv/metadata/app")).toEqual(["kv/metadata/app/"]);
  expect(listed("kv/metadata/app", "kv/metadata/app")).toEqual(["kv/metadata/app/"]);
  expect(listed("kv/metadata/app/", "kv/metadata/+")).toEqual(["kv/metadata/app/"]);
  expect(listed("kv/metadata/app/x/", "kv/metadata/app")).toEqual([]);
});

test.each([
  "sys/*/acl",
  "a/+*",
  "a/b+/c",
  "a//b",
  "v1/sys/raw",
  "/v1/sys/*",
  "//a",
  "{{identity.entity.id}}/x",
  "a ",
  "**",
])("on %s, which no request has, a guardrail would always hold, and is refused", (region) => {
  expect(() => nobody.mayUse(["update"], region)).toThrow("holds whatever the policies say");
});

test.each(["*", "+", "sys/policies/acl/*", "/sys/raw", "auth/+/role/+", "a/", "secret/data/app*"])(
  "on %s a guardrail can be broken",
  (region) => {
    expect(nobody.mayUse(["update"], region).forbidden).toHaveLength(1);
  },
);

test.each([
  ["secret", "shop/db"],
  ["secret/", "/shop/db"],
  ["secret/", "shop/*/db"],
])("%s and %s are no secret", (mount, path) => {
  expect(() => nobody.mayWrite({ mount, path })).toThrow("which is no secret");
});

test("a guardrail is data: it can be written down and read again", () => {
  const guardrail = waive(only("ci").mayWrite(providers), "app", "why", "2030-01-01T00:00:00Z");
  expect(JSON.parse(JSON.stringify(guardrail))).toEqual(guardrail);
});

test("every verb and every subject reads as a sentence", () => {
  const named = { name: "auth/approle/role/ci", title: "goblin-ci" };
  const template = { ...providers, title: "secret/goblin/providers/{provider}" };
  const jwt = { mount: "secret/", path: "jwt" };
  const sentences = [
    only(named).mayWrite(template),
    only("a", "b", "c").mayReadValues(jwt, template),
    nobody.maySeeNames(jwt),
    nobody.mayDelete(jwt),
    none("a").mayDestroy(jwt),
    none("a", "b").mayTouch(jwt),
    none("a", "b", "c").mayUse(["create", "update"], "sys/policies/acl/*"),
    noOtherSystem("dotmac", ["app"]).mayReadValues(jwt),
    nobody.mayReachSudo(),
  ];
  expect(sentences.map(({ words }) => words)).toEqual([
    "only goblin-ci may write values of secret/goblin/providers/{provider}",
    "only a, b and c may read values of secret/jwt or secret/goblin/providers/{provider}",
    "nobody may see the names of secret/jwt",
    "nobody may delete versions of secret/jwt",
    "a may not destroy versions of secret/jwt",
    "neither a nor b may touch secret/jwt",
    "none of a, b and c may use create or update on sys/policies/acl/*",
    "no system but dotmac may read values of secret/jwt",
    "nobody may use sudo on any path",
  ]);
});

describe("each verb is broken by every way to do it, and by no other", () => {
  const AREAS: readonly (readonly [rule: string, capability: Capability, verbs: string])[] = [
    ["secret/data/app/db", "read", "mayReadValues mayTouch"],
    ["secret/data/app/db", "create", "mayWrite mayTouch"],
    ["secret/data/app/db", "update", "mayWrite mayTouch"],
    ["secret/data/app/db", "patch", "mayWrite mayTouch"],
    ["secret/data/app/db", "delete", "mayDelete mayTouch"],
    ["secret/data/app/db", "list", ""],
    ["secret/delete/app/db", "update", "mayDelete mayTouch"],
    ["secret/undelete/app/db", "update", "mayTouch"],
    ["secret/destroy/app/db", "update", "mayDelete mayDestroy mayTouch"],
    ["secret/metadata/app/db", "read", "mayTouch"],
    ["secret/metadata/app/db", "update", "mayTouch"],
    ["secret/metadata/app/db", "delete", "mayDelete mayDestroy mayTouch"],
    ["secret/metadata/app/", "list", "maySeeNames mayTouch"],
    ["secret/metadata/app", "list", "maySeeNames mayTouch"],
    ["secret/detailed-metadata/app/", "list", "maySeeNames mayTouch"],
    ["secret/metadata/app/", "scan", "maySeeNames mayTouch"],
    ["secret/metadata/", "scan", "maySeeNames mayTouch"],
    ["secret/metadata/", "list", ""],
    ["secret/metadata/app/db/", "list", ""],
    ["secret/subkeys/app/db", "read", "mayTouch"],
    ["secret/data/app/other", "read", ""],
    ["other/data/app/db", "read", ""],
  ];
  const VERBS = ["mayReadValues", "maySeeNames", "mayWrite", "mayDelete", "mayDestroy", "mayTouch"] as const;

  test.each(AREAS)("%s [%s]: %s", (path, capability, expected) => {
    const document = new PolicyDocument([{ path, capabilities: [capability] }]);
    const one = new CompiledModel({
      engine: "openbao@2.7.2",
      policies: [{ name: "p", document }],
      principals: [{ name: "p", policies: ["p"] }],
    });
    const broken = VERBS.filter(
      (verb) => checkGuardrail(nobody[verb]({ mount: "secret/", path: "app/db" }), one).length > 0,
    );
    expect(broken.join(" ")).toBe(expected);
  });

  test.each([
    ["old/app/db", "read", "mayReadValues mayTouch"],
    ["old/app/db", "update", "mayWrite mayTouch"],
    ["old/app/db", "delete", "mayDelete mayDestroy mayTouch"],
    ["old/app/", "list", "maySeeNames mayTouch"],
    ["old/data/app/db", "read", ""],
  ] as const)("on KV v1, %s [%s]: %s", (path, capability, expected) => {
    const one = new CompiledModel({
      engine: "openbao@2.7.2",
      policies: [{ name: "p", document: new PolicyDocument([{ path, capabilities: [capability] }]) }],
      principals: [{ name: "p", policies: ["p"] }],
    });
    const secret = { mount: "old/", path: "app/db", kvVersion: 1 } as const;
    expect(VERBS.filter((verb) => checkGuardrail(nobody[verb](secret), one).length > 0).join(" ")).toBe(
      expected,
    );
  });
});

test("names of a family are seen in each folder that a parameter stands for, and in those of a tree", () => {
  const broken = (path: string, folder: string) => {
    const document = new PolicyDocument([{ path: `secret/metadata/${folder}`, capabilities: ["list"] }]);
    const one = new CompiledModel({
      engine: "openbao@2.7.2",
      policies: [{ name: "p", document }],
      principals: [{ name: "p", policies: ["p"] }],
    });
    return checkGuardrail(nobody.maySeeNames({ mount: "secret/", path }), one).length > 0;
  };
  expect(["", "project/", "project/odin/", "project/odin/x/"].map((f) => broken("project/+/+", f))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(["", "project/", "project/odin/", "other/"].map((f) => broken("project/*", f))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("looking only at rules that come near leaves nothing out", () => {
  fc.assert(
    fc.property(
      policySet,
      rulePath.filter((path) => path !== ""),
      fc.constantFrom<"read" | "update" | "list">("read", "update", "list"),
      (policies, region, capability) => {
        const one = new CompiledModel({
          engine: "openbao@2.7.2",
          policies: policies.map((rules, index) => ({
            name: `p${index}`,
            document: new PolicyDocument(rules),
          })),
          principals: policies.map((_, index) => ({ name: `p${index}`, policies: [`p${index}`] })),
        });
        const everything = one.model.principals.filter((principal) => {
          return isGrantedIn(one.accessOf(principal), region, capability);
        });
        const forbidden = [{ region, capabilities: [capability] }];
        const found = checkGuardrail({ ...nobody.mayReachSudo(), forbidden }, one);
        expect(new Set(found.map(({ principal }) => principal))).toEqual(
          new Set(everything.map(({ name }) => name)),
        );
      },
    ),
    { numRuns: 2000, seed: 42 },
  );
});

/** By a walk over every class of paths that all rules make, with no rule left out. */
function isGrantedIn(list: AccessList, region: string, capability: "read" | "update" | "list"): boolean {
  const target = patternFor(region);
  const inside = new PatternTrie(target.kind === "exact" ? [] : [target]);
  let granted = false;
  coverPaths([target, ...list.rules().map(({ pattern }) => pattern)], (path) => {
    if (target.kind === "exact" ? path !== target.text : inside.best(path) < 0) return;
    granted ||= grantOf(decidingRules(list, path), capability).level !== "none";
  });
  return granted;
}

describe("what ends", () => {
  const now = Date.UTC(2026, 0, 1);
  const checked = (source: string, at: number | undefined = now) =>
    checkGuardrail(
      nobody.mayReadValues({ mount: "secret/", path: "app/db" }),
      new CompiledModel({
        engine: "openbao@2.7.2",
        ...(at === undefined ? {} : { now: at }),
        policies: [{ name: "p", document: PolicyDocument.parse(source) }],
        principals: [
          { name: "p", policies: ["p"] },
          { name: "none", policies: [] },
        ],
      }),
      at,
    ).map(({ verdict, principal, from }) => [verdict, principal, from]);
  const wide = 'path "secret/*" { capabilities = ["read"] }\n';
  const closed = (end: string) => `path "secret/data/app/db" { capabilities = ["deny"] ${end} }\n`;

  test("a guardrail that hangs on a deny with an end is broken from then on", () => {
    expect(checked(wide + closed(""))).toEqual([]);
    expect(checked(wide + closed('expiration = "2027-01-01T00:00:00Z"'))).toEqual([
      ["broken", "p", "2027-01-01T00:00:00Z"],
    ]);
  });

  test("one that is broken now is told so, and a grant that ends is no excuse", () => {
    expect(
      checked('path "secret/*" { capabilities = ["read"] expiration = "2027-01-01T00:00:00Z" }\n'),
    ).toEqual([["broken", "p", undefined]]);
  });

  test("more moments than are looked at leave it unproved", () => {
    const many = Array.from(
      { length: 60 },
      (_, at) => `path "x/${at}" { expiration = ${1_900_000_000 + at} }\n`,
    );
    expect(checked(many.join(""))).toEqual([["unknown", "p", undefined]]);
  });

  test("the moments of many principals are no reason to leave it unproved for each", () => {
    const own = Array.from({ length: 60 }, (_, at) =>
      policy(`p${at}`, wide + closed(`expiration = ${1_900_000_000 + at}`)),
    );
    const of = new CompiledModel({
      engine: "openbao@2.7.2",
      policies: own,
      principals: own.map(({ name }) => ({ name, policies: [name] })),
      now,
    });
    const found = checkGuardrail(nobody.mayReadValues({ mount: "secret/", path: "app/db" }), of, now);
    expect(found.map(({ verdict, principal, from }) => [verdict, principal, from])).toEqual(
      own.map(({ name }, index) => ["broken", name, endInWords((1_900_000_000 + index) * 1000)]),
    );
  });
});
