import fc from "fast-check";
import { fromBits } from "../../../policies/capability";
import { dialectOf, type ListMode } from "../../../policies/dialect";
import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { PolicyUsageError } from "../../../policies/errors";
import { AccessList } from "../../../policies/semantics/access-list";
import { policySet, requestPath } from "../generators";
import { Reference } from "../reference";

function compile(policies: readonly (readonly PolicyRule[])[], engine = "openbao@2.7.2"): AccessList {
  const named = policies.map((rules, index) => ({ name: `p${index}`, document: new PolicyDocument(rules) }));
  return AccessList.compile(named, { engine });
}

function winner(rules: readonly PolicyRule[], path: string, mode?: ListMode): string | undefined {
  const rule = compile([rules]).lookup(path, mode);
  return rule?.sources[0]?.rule.path;
}

const read = (path: string): PolicyRule => ({ path, capabilities: ["read"] });

test("agrees with the plain reference on every path and in every mode", () => {
  const modes = [undefined, "L0", "L1", "L2", "L3"] as const;
  fc.assert(
    fc.property(policySet, fc.array(requestPath, { minLength: 1, maxLength: 12 }), (policies, paths) => {
      const list = compile(policies);
      const reference = new Reference(policies.flat());
      for (const path of paths) {
        for (const mode of modes) {
          const found = list.lookup(path, mode);
          const expected = reference.lookup(path, mode);
          const shown = found && fromBits(found.bits).sort();
          expect({ path, mode, shown }).toEqual({ path, mode, shown: expected && [...expected].sort() });
        }
      }
    }),
    { numRuns: 600, seed: 11 },
  );
});

test("an exact rule wins over every pattern", () => {
  expect(winner([read("a/b"), read("a/*"), read("a/+")], "a/b")).toBe("a/b");
});

test("a prefix outranks a longer pattern whose first + comes no later", () => {
  expect(winner([read("s/*"), read("s/+/+/foo/*")], "s/a/b/foo/c")).toBe("s/*");
});

test("a literal plus character counts as the first wildcard", () => {
  expect(winner([read("a+b/+/c"), read("a*")], "a+b/x/c")).toBe("a+b/+/c");
  expect(winner([read("a+b/+/c"), read("a+*")].slice(0, 1), "a+b/x/c")).toBe("a+b/+/c");
});

test("a longer prefix is weaker when its pattern has a literal plus before", () => {
  expect(winner([read("+b/+b*"), read("+b/*")], "+b/+b/a")).toBe("+b/*");
});

test("an empty segment is matched by +", () => {
  expect(winner([read("a/+/c")], "a//c")).toBe("a/+/c");
  expect(winner([read("a/+/*")], "a/b")).toBeUndefined();
  expect(winner([read("a/+/*")], "a/b/")).toBe("a/+/*");
});

test("only one leading slash of a rule is taken off, but all of a request", () => {
  expect(winner([read("/a")], "///a")).toBe("/a");
  expect(winner([read("//a")], "//a")).toBeUndefined();
});

test("the four modes of LIST disagree as documented", () => {
  const at = "kv/metadata/app/";
  const list = (path: string): PolicyRule => ({ path, capabilities: ["list"] });
  const sets = [
    [read("kv/*"), list("kv/metadata/app/*")],
    [list("kv/*"), read("kv/metadata/app/*")],
    [list("kv/metadata/+")],
  ];
  const answers = (mode: ListMode): string =>
    sets
      .map((rules) => (fromBits(compile([rules]).lookup(at, mode)?.bits ?? 0).includes("list") ? "Y" : "n"))
      .join("");
  expect(["L0", "L1", "L2", "L3"].map((mode) => answers(mode as ListMode))).toEqual([
    "Ynn",
    "nYY",
    "YYY",
    "YnY",
  ]);
});

test("capabilities are those of LIST, deny for nothing, root for root", () => {
  const list = compile([
    [
      { path: "a", capabilities: ["sudo", "read"] },
      { path: "b", capabilities: [] },
    ],
  ]);
  expect(list.capabilities("a/")).toEqual(["read", "sudo"]);
  expect(list.capabilities("b")).toEqual(["deny"]);
  expect(list.capabilities("c")).toEqual(["deny"]);
  const root = AccessList.compile([{ name: " Root ", document: new PolicyDocument([]) }], {
    engine: "vault@1.21.1",
  });
  expect(root.capabilities("c")).toEqual(["root"]);
});

test("root together with another policy is refused", () => {
  const policies = ["root", "other"].map((name) => ({ name, document: new PolicyDocument([]) }));
  expect(() => AccessList.compile(policies, { engine: "vault@1.21.1" })).toThrow(PolicyUsageError);
});

test("a rule that has expired does not shadow", () => {
  const document = new PolicyDocument([
    { path: "a/*", capabilities: ["read"] },
    { path: "a/b", capabilities: ["deny"], expiration: "2020-01-01T00:00:00Z" },
  ]);
  const list = AccessList.compile([{ name: "p", document }], {
    engine: "openbao@2.7.2",
    now: Date.UTC(2026, 0),
  });
  expect(list.capabilities("a/b")).toEqual(["read"]);
});

test("a version that nobody knows gets the nearest known one, and says so", () => {
  expect(dialectOf("openbao@3.1.0")).toMatchObject({ version: [2, 7, 2], listMode: "L3" });
  expect(dialectOf("openbao@3.1.0").note).toContain("openbao 2.7.2 stands in for it");
  expect(dialectOf("openbao@2.7.2").note).toBeUndefined();
  expect(() => dialectOf("consul@1")).toThrow(PolicyUsageError);
});
