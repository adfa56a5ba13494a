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

/** Segments of which a few are chosen for each case, so that rules and paths still meet. */
const POOL = [
  ...["a", "b", "ab", "abc", "A", "+", "+", "+b", "a+", "", ""],
  // Wildcards inside, which are none; what sorts before a plus; a literal brace; an escaped slash; dots.
  ...["*", "a*", "*a", "a*b", "!", "{x}", "%2f", ".", ".."],
  // One, two, three and four bytes; upper and lower case; composed and not; above and below the surrogates.
  ...["\u00e9", "\u00c9", "e\u0301", "\uffee", "\u{1f600}"],
];

export interface Questions {
  readonly policies: PolicyRule[][];
  readonly paths: string[];
}

/** Policies and paths from one small alphabet, which is another one each time. @param words capabilities of the engine */
export function questions(words: readonly Capability[]): fc.Arbitrary<Questions> {
  const alphabet = fc.uniqueArray(fc.constantFrom(...POOL), { minLength: 3, maxLength: 5 });
  const granted = fc.oneof(
    { weight: 9, arbitrary: capabilities },
    fc.uniqueArray(fc.constantFrom<Capability>("list", "sudo", ...words), { maxLength: 3 }),
  );
  return alphabet.chain((letters) => {
    const segments = fc.array(fc.constantFrom(...letters, "a"), { minLength: 1, maxLength: 5 });
    const rule = fc.record({ path: fc.oneof(rulePath, pathOf(segments)), capabilities: granted });
    const policy = fc.array(rule, { minLength: 1, maxLength: 6 });
    const path = fc.oneof(requestPath, requestOf(segments)).filter(isAskable);
    return fc.record({
      policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
      paths: fc.array(path, { minLength: 40, maxLength: 60 }),
    });
  });
}

function pathOf(segments: fc.Arbitrary<string[]>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom("", "", "/", "//"),
      segments,
      fc.constantFrom("", "", "*", "/", "/*", "**", "/+", "b*"),
    )
    .map(([head, names, tail]) => head + names.join("/") + tail)
    .filter((text) => !text.includes("+*"));
}

function requestOf(segments: fc.Arbitrary<string[]>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom("", "", "", "/", "//"), segments, fc.constantFrom("", "", "/", "b", "/b", "//"))
    .map(([head, names, tail]) => head + names.join("/") + tail);
}

/** sys/capabilities trims each path, and refuses an empty one. */
function isAskable(path: string): boolean {
  return path.trim() === path && path !== "";
}
