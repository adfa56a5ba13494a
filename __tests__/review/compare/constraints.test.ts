import { constraintChanges } from "../../../review/compare/constraints";
import type { Constraint } from "../../../review/model";

function kind(before: readonly Constraint[], after: readonly Constraint[]): string | undefined {
  return constraintChanges(before, after)[0]?.kind.replace("constraint-", "");
}

const members = (...values: string[]): Constraint[] => [{ name: "bound", kind: "members", values }];
const networks = (...values: string[]): Constraint[] => [{ name: "cidrs", kind: "networks", values }];
const limit = (value: number): Constraint[] => [{ name: "ttl", kind: "limit", value, unit: "seconds" }];
const required = (value: boolean): Constraint[] => [{ name: "bind", kind: "required", value }];
const exact = (value: string): Constraint[] => [{ name: "audience", kind: "exact", value }];

test("more members are wider, fewer narrower, others are a change", () => {
  expect(kind(members("a"), members("a", "b"))).toBe("widened");
  expect(kind(members("a", "b"), members("b"))).toBe("narrowed");
  expect(kind(members("a"), members("b"))).toBe("changed");
  expect(kind(members("a", "b"), members("b", "a", "a"))).toBeUndefined();
});

test("an empty set and a star stand for everybody", () => {
  expect(kind(members("a"), members())).toBe("widened");
  expect(kind(members("*"), members("a"))).toBe("narrowed");
  expect(kind(members("*"), members())).toBeUndefined();
  expect(kind(members("team-a"), members("team-*"))).toBe("widened");
  expect(kind(members("team-*"), members("team-a*"))).toBe("narrowed");
  expect(kind(members("team.a"), members("teamxa"))).toBe("changed");
});

test("networks are compared by their addresses", () => {
  expect(kind(networks("10.1.0.0/16"), networks("10.0.0.0/8"))).toBe("widened");
  expect(kind(networks("10.0.0.0/8"), networks("10.1.2.3"))).toBe("narrowed");
  expect(kind(networks("10.0.0.0/25", "10.0.0.128/25"), networks("10.0.0.0/24"))).toBeUndefined();
  expect(kind(networks("10.0.0.0/25"), networks("10.0.0.64/26", "10.0.0.128/25"))).toBe("changed");
  expect(kind(networks("fd00::/8"), networks("fd12::/16"))).toBe("narrowed");
  expect(kind(networks("fd00::1"), networks("fd00:0:0:0:0:0:0:1/128"))).toBeUndefined();
  expect(kind(networks("10.0.0.0/8"), networks())).toBe("widened");
  expect(kind(networks("10.0.0.0/8"), networks("::/0"))).toBe("changed");
  expect(kind(networks("::ffff:10.0.0.1"), networks("::ffff:a00:1"))).toBeUndefined();
});

test("what is no network cannot be called wider or narrower", () => {
  expect(kind(networks("10.0.0.0/8"), networks("10.0.0.0/33"))).toBe("changed");
  expect(kind(networks("known after apply"), networks("known after apply"))).toBeUndefined();
});

test("0 is no limit", () => {
  expect(kind(limit(60), limit(0))).toBe("widened");
  expect(kind(limit(0), limit(60))).toBe("narrowed");
  expect(kind(limit(60), limit(61))).toBe("widened");
  expect(kind(limit(60), limit(60))).toBeUndefined();
});

test("a bound that is not there any more bounds nothing", () => {
  expect(kind(limit(60), [])).toBe("widened");
  expect(kind([], limit(60))).toBe("narrowed");
  expect(kind(required(true), [])).toBe("widened");
  expect(kind([], required(false))).toBeUndefined();
  expect(kind(members("a"), [])).toBe("widened");
  expect(kind([], networks("10.0.0.0/8"))).toBe("narrowed");
});

test("what can only be another is changed", () => {
  expect(kind(exact("vault"), exact("other"))).toBe("changed");
  expect(kind(exact("vault"), [])).toBe("changed");
  expect(kind(exact("vault"), exact("vault"))).toBeUndefined();
  expect(kind(limit(60), [{ name: "ttl", kind: "exact", value: "60" }])).toBe("changed");
});

test("says both values", () => {
  expect(constraintChanges(limit(60), limit(0))[0]?.sentence).toBe("has a wider ttl: no limit, before 1 min");
  expect(constraintChanges(members("a"), members())[0]?.sentence).toBe(
    "has a wider bound: everybody, before a",
  );
});

test("two values that nobody has yet need not be the same, those of one revision are", () => {
  const open = (words: string): Constraint[] => [
    { name: "token_bound_cidrs", kind: "exact", value: `not known: ${words}` },
  ];
  const [later, again] = [open("known after apply"), open("known after apply")];
  expect(constraintChanges(later, again)).toMatchObject([{ kind: "constraint-changed" }]);
  expect(constraintChanges(later, later)).toEqual([]);
  expect(constraintChanges(open("var.networks"), open("var.networks"))).toEqual([]);
});
