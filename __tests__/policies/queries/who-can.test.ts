import fc from "fast-check";
import { decidingRules, grantOf } from "../../../policies/compare/grant";
import { isAclOnly } from "../../../policies/compare/witness";
import { dialectOf } from "../../../policies/dialect";
import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { CompiledModel } from "../../../policies/queries/principal";
import { grantedBy, otherWays, partFor, partsOf, whoCan } from "../../../policies/queries/who-can";
import { AccessList } from "../../../policies/semantics/access-list";
import { PatternTrie } from "../../../policies/semantics/pattern-trie";
import { patternFor } from "../../../policies/semantics/rank";

/** Letters of the rules, and one that none of them has. */
const SEGMENTS = ["a", "b", "ab", "z"];

/** Every path of up to three segments, with and without a slash behind. */
const PATHS = [1, 2, 3].flatMap((length) =>
  Array.from({ length: SEGMENTS.length ** length }, (_, number) => {
    const path = Array.from(
      { length },
      (_, at) => SEGMENTS[Math.floor(number / SEGMENTS.length ** at) % SEGMENTS.length],
    ).join("/");
    return [path, `${path}/`];
  }).flat(),
);

const segment = fc.constantFrom("a", "b", "+");
const pattern = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 2 }), fc.constantFrom("", "", "/*", "/"))
  .map(([segments, end]) => segments.join("/") + end);
const rule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    path: pattern,
    capabilities: fc.constantFrom<PolicyRule["capabilities"]>(
      ["read"],
      ["list"],
      ["read", "list"],
      ["deny"],
      [],
    ),
    requiredParameters: fc.constant(["x"]),
  },
  { requiredKeys: ["path", "capabilities"] },
);

test.each(["openbao@2.7.2", "vault@1.21.1"])("a region is granted as all of its paths are: %s", (engine) => {
  fc.assert(
    fc.property(
      fc.array(rule, { maxLength: 5 }),
      pattern,
      fc.constantFrom("read" as const, "list" as const),
      (rules, region, capability) => {
        const list = AccessList.compile([{ name: "p", document: new PolicyDocument(rules) }], { engine });
        const target = patternFor(region);
        const inside = new PatternTrie([target]);
        const asked =
          target.kind === "exact"
            ? [target.text]
            : PATHS.filter(
                (path) =>
                  inside.best(path) >= 0 &&
                  path.endsWith("/") === (capability === "list") &&
                  !isAclOnly(path, capability),
              );
        const levels = new Set(asked.map((path) => grantOf(decidingRules(list, path), capability).level));
        const all = [...levels];
        const expected = all.every((level) => level === "none")
          ? undefined
          : levels.has("none")
            ? "partial"
            : levels.has("conditional")
              ? "conditional"
              : "full";
        expect([region, grantedBy(list, [{ path: region, capabilities: [capability] }])?.level]).toEqual([
          region,
          expected,
        ]);
      },
    ),
    { numRuns: 1500, seed: 21 },
  );
});

test("who can do an intent, and who can ask an API path, of all principals of a model", () => {
  const document = (source: string) => PolicyDocument.parse(source);
  const model = new CompiledModel({
    engine: "openbao@2.7.2",
    policies: [
      {
        name: "writer",
        document: document('path "secret/data/app/*" { capabilities = ["create", "update"] }'),
      },
      { name: "updater", document: document('path "secret/data/app/db" { capabilities = ["update"] }') },
      { name: "own", document: document('path "{{identity.entity.name}}/*" { capabilities = ["read"] }') },
      { name: "audit", document: document('path "sys/audit" { capabilities = ["read"] }') },
    ],
    principals: [
      { name: "root", policies: ["root"] },
      { name: "ann", policies: ["writer"] },
      { name: "bob", policies: ["updater"] },
      { name: "eve", policies: ["own"] },
      { name: "aud", policies: ["audit", "gone"] },
    ],
  });
  const told = (parts: Parameters<typeof whoCan>[1]) =>
    whoCan(model, parts).map(({ principal, level }) => `${principal.name} ${level}`);
  expect(told(partsOf("write", { mount: "secret/", path: "app/db" }))).toEqual([
    "root full",
    "ann full",
    "bob partial",
    "eve unknown",
  ]);
  const asked = (path: string) => told([partFor("read", path, dialectOf("openbao@2.7.2"))]);
  expect(asked("sys/audit")).toEqual(["root full", "eve unknown"]);
  expect(asked("other")).toEqual(["root full"]);
});

test("a template without a slash may be the folder that is listed", () => {
  const model = new CompiledModel({
    engine: "openbao@2.7.2",
    policies: [
      {
        name: "own",
        document: PolicyDocument.parse(
          'path "secret/metadata/{{identity.entity.name}}" { capabilities = ["list"] }',
        ),
      },
    ],
    principals: [{ name: "eve", policies: ["own"] }],
  });
  const levels = (...parts: Parameters<typeof whoCan>[1]) => whoCan(model, parts).map(({ level }) => level);
  expect(levels(...partsOf("see-names", { mount: "secret/", path: "alice/db" }))).toEqual(["unknown"]);
  expect(levels(partFor("list", "secret/metadata/alice/", dialectOf("openbao@2.7.2")))).toEqual(["unknown"]);
  expect(levels(partFor("read", "secret/metadata/alice/", dialectOf("openbao@2.7.2")))).toEqual([]);
});

test("names are seen by whoever may scan them, or list them with their metadata, where the engine shows them so", () => {
  const secret = { mount: "secret/", path: "app/db" };
  const seen = (source: string, named = "openbao@2.7.2") => {
    const model = new CompiledModel({
      engine: named,
      policies: [{ name: "p", document: PolicyDocument.parse(source) }],
      principals: [{ name: "p", policies: ["p"] }],
    });
    return whoCan(model, partsOf("see-names", secret), otherWays("see-names", secret, dialectOf(named))).map(
      ({ level, rules }) => [level, rules[0]?.pattern.text],
    );
  };
  expect(seen('path "secret/metadata/app/" { capabilities = ["list"] }')).toEqual([
    ["full", "secret/metadata/app/"],
  ]);
  expect(seen('path "secret/detailed-metadata/*" { capabilities = ["list"] }')).toEqual([
    ["full", "secret/detailed-metadata/"],
  ]);
  expect(seen('path "secret/metadata/app/" { capabilities = ["scan"] }')).toEqual([
    ["full", "secret/metadata/app/"],
  ]);
  expect(seen('path "secret/detailed-metadata/*" { capabilities = ["list"] }', "vault@1.21.1")).toEqual([]);
  expect(seen('path "secret/data/*" { capabilities = ["list"] }')).toEqual([]);
  expect(otherWays("read-values", secret, dialectOf("openbao@2.7.2"))).toEqual([]);
});
