import fc from "fast-check";
import { compareAccess } from "../../../policies/compare/compare";
import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import type { AccessRequest, Operation } from "../../../policies/semantics/request";

type Conditions = Partial<PolicyRule>;

function compile(conditions: Conditions, engine: string): AccessList {
  const rule: PolicyRule = { path: "a/", capabilities: ["read", "update", "list"], ...conditions };
  return AccessList.compile([{ name: "p", document: new PolicyDocument([rule]) }], { engine });
}

/** What comparing says of one capability: `undefined` for no difference. */
function kind(
  before: AccessList,
  after: AccessList,
  capability: "read" | "update" | "list",
): string | undefined {
  const { differences } = compareAccess(before, after, { capabilities: [capability] });
  return differences[0]?.kind;
}

const ENGINES = ["openbao@2.7.2", "vault@1.21.1", "vault@1.20.0", "openbao@2.5.0"];
const VALUES = ["x", "xy", "x*", "*y", "*x*", "**", "*", "x,y", "", true, 5];
const value = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...VALUES) }, fc.constant(["x"] as const));
const lists = fc.dictionary(fc.constantFrom("p", "q", "*"), fc.array(value, { maxLength: 2 }), {
  maxKeys: 2,
  noNullPrototype: true,
});
const conditions: fc.Arbitrary<Conditions> = fc.record(
  {
    allowedParameters: lists,
    deniedParameters: lists,
    requiredParameters: fc.subarray(["p", "Q", "limit"]),
    minWrappingTtl: fc.constantFrom(60, 120),
    maxWrappingTtl: fc.constantFrom(60, 90, 120),
    paginationLimit: fc.constantFrom(5, 9),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Conditions>;

/** Values of requests on each side of every line that the patterns draw. */
const SENT = [
  "x",
  "xy",
  "xz",
  "zy",
  "zxz",
  "z",
  "*",
  "x,y",
  "x,z",
  "",
  true,
  false,
  5,
  ["x"],
  ["x", "y"],
  ["z"],
  [],
  {},
];
const BODIES: AccessRequest["data"][] = [
  undefined,
  {},
  ...SENT.flatMap((each) => [{ p: each }, { P: each }, { q: each }, { r: each }, { limit: each }]),
  ...SENT.flatMap((each) => [
    { p: each, q: "x" },
    { p: each, q: "z" },
    { p: "x", q: each },
    { p: each, q: each, limit: "5" },
  ]),
];
const WRAPS = [undefined, 30, 60, 75, 90, 100, 120, 150];
const LIMITS = [undefined, "5", "6", "9", "10", "0", "-1", "max", "x"];

/** Every request that can tell two such rules apart. */
function requestsOf(operation: Operation): AccessRequest[] {
  const bodies =
    operation === "list" ? LIMITS.map((limit) => (limit === undefined ? undefined : { limit })) : BODIES;
  return bodies.flatMap((data) =>
    WRAPS.map((wrapTtl) => ({
      operation,
      path: "a/",
      ...(data ? { data } : {}),
      ...(wrapTtl === undefined ? {} : { wrapTtl }),
    })),
  );
}

const REQUESTS = { read: requestsOf("read"), update: requestsOf("update"), list: requestsOf("list") };

test("what is told of conditions is what happens to requests", () => {
  let told = 0;
  let sided = 0;
  fc.assert(
    fc.property(
      conditions,
      conditions,
      fc.constantFrom(...ENGINES),
      fc.constantFrom(...ENGINES),
      fc.boolean(),
      fc.constantFrom("read" as const, "update" as const, "list" as const),
      (was, is, engine, other, same, capability) => {
        const [before, after] = [compile(was, engine), compile(is, same ? engine : other)];
        let [lost, gained, some] = [false, false, false];
        for (const request of REQUESTS[capability]) {
          const old = decide(before, request).verdict === "allowed";
          const now = decide(after, request).verdict === "allowed";
          lost ||= old && !now;
          gained ||= now && !old;
          some ||= old && now;
        }
        const said = kind(before, after, capability);
        if (said === undefined) expect({ lost, gained }).toEqual({ lost: false, gained: false });
        if (said === "widened" || said === "gained") expect(lost).toBe(false);
        if (said === "narrowed" || said === "lost") expect(gained).toBe(false);
        if (said === "gained" || said === "lost") expect(some).toBe(false);
        if (lost !== gained) {
          sided++;
          if (said !== "changed") told++;
        }
      },
    ),
    { numRuns: 4000, seed: 12 },
  );
  // What cannot be proved is told as changed; that must stay the exception.
  expect(told / sided).toBeGreaterThan(0.95);
}, 120_000);

describe("on one engine", () => {
  const engine = "vault@1.21.1";
  const update = (was: Conditions, is: Conditions) =>
    kind(compile(was, engine), compile(is, engine), "update");

  test.each<[string, Conditions, Conditions, string | undefined]>([
    ["a longer wrapping time", { maxWrappingTtl: 60 }, { maxWrappingTtl: 90 }, "widened"],
    ["a later beginning of wrapping", { minWrappingTtl: 60 }, { minWrappingTtl: 90 }, "narrowed"],
    [
      "a shorter time that begins earlier",
      { minWrappingTtl: 60, maxWrappingTtl: 120 },
      { minWrappingTtl: 30, maxWrappingTtl: 90 },
      "changed",
    ],
    [
      "one more required parameter",
      { requiredParameters: ["p"] },
      { requiredParameters: ["P", "q"] },
      "narrowed",
    ],
    ["the same one in capitals", { requiredParameters: ["p"] }, { requiredParameters: ["P"] }, undefined],
    [
      "values within a pattern",
      { allowedParameters: { p: ["x*"] } },
      { allowedParameters: { p: ["xy", "xyz*"] } },
      "narrowed",
    ],
    [
      "one more allowed name",
      { allowedParameters: { p: [] } },
      { allowedParameters: { p: [], q: ["x"] } },
      "widened",
    ],
    ["another name", { allowedParameters: { p: [] } }, { allowedParameters: { q: [] } }, "changed"],
    ["a list that allows everything", {}, { allowedParameters: { "*": [] } }, undefined],
    [
      "a denied value that was denied by its name",
      { deniedParameters: { p: [] } },
      { deniedParameters: { p: ["x"] } },
      "widened",
    ],
    [
      "a denied name that was not allowed",
      { allowedParameters: { p: [] } },
      { allowedParameters: { p: [] }, deniedParameters: { q: [] } },
      undefined,
    ],
    ["a denied number, which no request has", {}, { deniedParameters: { p: [5] } }, undefined],
    ["times that exclude each other", {}, { minWrappingTtl: 90, maxWrappingTtl: 60 }, "lost"],
    ["one more method of MFA", { mfaMethods: ["m"] }, { mfaMethods: ["n", "m"] }, "narrowed"],
  ])("%s", (_, was, is, expected) => {
    expect(update(was, is)).toBe(expected);
  });

  test("a required page limit and a smaller one narrow what is listed", () => {
    const list = (was: Conditions, is: Conditions) =>
      kind(compile(was, "openbao@2.7.2"), compile(is, "openbao@2.7.2"), "list");
    expect(list({ paginationLimit: 9 }, { paginationLimit: 5 })).toBe("narrowed");
    expect(list({ paginationLimit: 5, requiredParameters: ["limit"] }, { paginationLimit: 5 })).toBe(
      "widened",
    );
    expect(list({ requiredParameters: ["limit"] }, {})).toBeUndefined();
  });
});

test("the same lists let more pass on an engine that looks at elements", () => {
  const rule = { allowedParameters: { p: ["x", "y"] } };
  const [old, now] = [compile(rule, "vault@1.20.0"), compile(rule, "vault@1.21.1")];
  expect(kind(old, now, "update")).toBe("widened");
  const denying = { deniedParameters: { p: ["x"] } };
  expect(kind(compile(denying, "vault@1.20.0"), compile(denying, "vault@1.21.1"), "update")).toBe("narrowed");
});
