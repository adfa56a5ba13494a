import fc from "fast-check";
import type { Capability } from "../../policies/capability";
import type { PolicyRule } from "../../policies/document";

/**
 * Policies and paths that meet each other often: few segments, and among them everything that is known as a
 * trap (empty segments, literal plus and star, prefixes of each other, characters of more than one byte).
 */
const segment = fc.constantFrom("a", "b", "ab", "abc", "+", "+b", "a+", "", "\u00e9", "z", "{x}");

export const rulePath: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "/", "//"),
    fc.array(segment, { minLength: 1, maxLength: 4 }),
    fc.constantFrom("", "", "*", "*", "/", "/*", "**"),
  )
  .map(([head, segments, tail]) => head + segments.join("/") + tail)
  .filter((path) => !path.includes("+*"));

export const requestPath: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom("a", "b", "ab", "abc", "abcd", "+", "+b", "a+", "", "\u00e9", "z", "*", "a*"), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.constantFrom("", "", "/"),
  )
  .map(([segments, tail]) => segments.join("/") + tail);

export const capabilities: fc.Arbitrary<Capability[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.uniqueArray(
      fc.constantFrom<Capability>("create", "read", "update", "patch", "delete", "list", "sudo"),
      { maxLength: 3 },
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom<Capability[]>(["list"], ["read"], ["read", "list"]) },
  { weight: 1, arbitrary: fc.constant<Capability[]>(["deny"]) },
);

export const plainRule: fc.Arbitrary<PolicyRule> = fc.record({ path: rulePath, capabilities });

/** One to three policies of a few rules each. */
export const policySet: fc.Arbitrary<PolicyRule[][]> = fc.array(
  fc.array(plainRule, { minLength: 1, maxLength: 6 }),
  { minLength: 1, maxLength: 3 },
);
