import fc from "fast-check";
import { compareAccess } from "../../../policies/compare/compare";
import { coverPaths } from "../../../policies/compare/cover";
import type { Difference } from "../../../policies/compare/difference";
import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import type { Operation } from "../../../policies/semantics/request";
import { plainRule } from "../generators";

function compile(rules: readonly PolicyRule[], engine: string): AccessList {
  return AccessList.compile([{ name: "p", document: new PolicyDocument(rules) }], { engine });
}

/** 1 is 2,000 pairs; COMPARE_DEPTH=4 looks at paths of one segment more, which takes thirteen times as long. */
const SCALE = Number(process.env.COMPARE_SCALE ?? 1);
const DEPTH = Number(process.env.COMPARE_DEPTH ?? 3);
const SEED = Number(process.env.COMPARE_SEED ?? 5);

const SEGMENTS = ["a", "b", "ab", "abc", "abcd", "+", "+b", "a+", "", "\u00e9", "z", "{x}", "q"];

/** Every path of up to `depth` of these segments. */
function* everyPath(depth: number, prefix?: string): Generator<string> {
  for (const segment of SEGMENTS) {
    const path = prefix === undefined ? segment : `${prefix}/${segment}`;
    yield path;
    if (depth > 1) yield* everyPath(depth - 1, path);
  }
}

const PLAIN: readonly Operation[] = ["create", "read", "update", "patch", "delete"];
const LISTING: readonly Operation[] = ["list", "scan"];

const PATHS = [...everyPath(DEPTH)];

/** `gained read` and the like, for every operation that differs on some path. */
function bruteForce(before: AccessList, after: AccessList): Set<string> {
  const found = new Set<string>();
  const decided = new Map<unknown, Set<unknown>>();
  for (const path of PATHS) {
    const [old, now] = [before.lookup(path), after.lookup(path)];
    // The same two rules decide the same of whatever is not a list.
    const known = decided.get(old)?.has(now) ?? false;
    decided.set(old, (decided.get(old) ?? new Set()).add(now));
    for (const operation of known ? LISTING : [...PLAIN, ...LISTING]) {
      const was = decide(before, { operation, path, sudo: false }).verdict;
      const is = decide(after, { operation, path, sudo: false }).verdict;
      if (was !== is) found.add(`${is === "allowed" ? "gained" : "lost"} ${operation}`);
    }
  }
  return found;
}

const rules = fc.array(plainRule, { minLength: 0, maxLength: 5 });
const engine = fc.constantFrom(
  "openbao@2.7.2",
  "openbao@2.5.0",
  "vault@1.21.1",
  "vault@1.12.0",
  "vault@2.0.3",
);

test("finds every kind of difference that brute force finds, and each witness shows it", () => {
  fc.assert(
    fc.property(rules, rules, rules, engine, (common, removed, added, on) => {
      const [before, after] = [compile([...common, ...removed], on), compile([...common, ...added], on)];
      const { differences, complete } = compareAccess(before, after);
      expect(complete).toBe(true);
      const kinds = new Set(differences.map((each) => `${each.kind} ${each.capability}`));
      for (const kind of bruteForce(before, after)) expect([...kinds]).toContain(kind);
      for (const each of differences) expectShown(each, before, after);
    }),
    { numRuns: 2000 * SCALE, seed: SEED },
  );
}, 3_600_000);

function expectShown(each: Difference, before: AccessList, after: AccessList): void {
  if (each.capability === "sudo") return;
  const request = { operation: each.capability as Operation, path: each.witness, sudo: false };
  const verdicts = [decide(before, request).verdict, decide(after, request).verdict];
  expect({ each: each.witness, verdicts }).toEqual({
    each: each.witness,
    verdicts: each.kind === "gained" ? ["denied", "allowed"] : ["allowed", "denied"],
  });
}

test("covers every class of paths: whatever brute force reaches, some given path matches the same", () => {
  fc.assert(
    fc.property(fc.array(plainRule, { minLength: 1, maxLength: 6 }), (given) => {
      const list = compile(given, "vault@1.12.0");
      const patterns = list.rules().map((rule) => rule.pattern);
      const classOf = (path: string): string =>
        [path, path.replace(/\/$/, "")]
          .map((each) =>
            list
              .matches(each)
              .map((rule) => rule.pattern.kind + rule.pattern.text)
              .join(),
          )
          .join("|");
      const covered = new Set<string>();
      coverPaths(patterns, (path) => covered.add(classOf(path)));
      for (const path of PATHS) {
        // An engine takes leading slashes off before it looks.
        if (!path.startsWith("/")) expect(covered).toContain(classOf(path));
      }
    }),
    { numRuns: 60 * SCALE, seed: SEED + 1 },
  );
}, 3_600_000);

const read = (path: string): PolicyRule => ({ path, capabilities: ["read"] });

test("tells that an added rule takes access away", () => {
  const before = compile([read("secret/data/*")], "openbao@2.7.2");
  const after = compile(
    [
      read("secret/data/*"),
      { path: "secret/data/+/db", capabilities: [] },
      { path: "secret/data/app/*", capabilities: ["list"] },
    ],
    "openbao@2.7.2",
  );
  const lost = compareAccess(before, after).differences.find(
    ({ kind, capability }) => kind === "lost" && capability === "read",
  );
  expect(lost).toMatchObject({
    kind: "lost",
    capability: "read",
    witness: "secret/data/app/x",
    before: "secret/data/*",
    after: "secret/data/app/*",
  });
});

test("grants with conditions are widened, narrowed or changed", () => {
  const kinds = (before: Partial<PolicyRule>, after: Partial<PolicyRule>): string[] =>
    compareAccess(
      compile([{ ...read("a"), ...before }], "vault@1.21.1"),
      compile([{ ...read("a"), ...after }], "vault@1.21.1"),
    ).differences.map(({ kind }) => kind);
  expect(kinds({}, { requiredParameters: ["x"] })).toEqual(["narrowed"]);
  expect(kinds({ maxWrappingTtl: 60 }, {})).toEqual(["widened"]);
  expect(kinds({ maxWrappingTtl: 60 }, { maxWrappingTtl: 90 })).toEqual(["widened"]);
  expect(kinds({ requiredParameters: ["x"] }, { requiredParameters: ["y"] })).toEqual(["changed"]);
  expect(kinds({ paginationLimit: 5 }, {})).toEqual([]);
});

test("the same policies on another engine can differ in what they list", () => {
  const rules: PolicyRule[] = [read("kv/*"), { path: "kv/metadata/app/*", capabilities: ["list"] }];
  const { differences } = compareAccess(compile(rules, "vault@1.21.1"), compile(rules, "openbao@2.7.2"));
  expect(differences.map(({ kind, capability, witness }) => [kind, capability, witness])).toEqual([
    ["gained", "list", "kv/metadata/app/"],
  ]);
});

test("a budget that runs out is told as unknown", () => {
  const before = compile([read("a/*"), read("a/b/c"), read("a/d/e")], "openbao@2.7.2");
  const { complete, differences } = compareAccess(before, compile([], "openbao@2.7.2"), { budget: 4 });
  expect(complete).toBe(false);
  expect(differences.at(-1)).toMatchObject({ kind: "unknown", reason: expect.stringContaining("budget") });
});
