import fc from "fast-check";
import { matchesDeep } from "../../../policies/semantics/deep-pattern";
import { PatternTrie } from "../../../policies/semantics/pattern-trie";
import { patternFor } from "../../../policies/semantics/rank";

const segment = fc.constantFrom("a", "b", "+", "a+", "", "ab");
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join("/"));
const rule = fc.tuple(path, fc.constantFrom("", "*")).map(([text, star]) => patternFor(text + star));

test("what is too deep to be walked is matched by the same rules", () => {
  fc.assert(
    fc.property(
      rule.filter(({ kind }) => kind !== "exact"),
      path,
      (pattern, asked) => {
        expect(matchesDeep(pattern, asked)).toBe(new PatternTrie([pattern]).best(asked) === 0);
      },
    ),
    { numRuns: 3000, seed: 7 },
  );
});

test("patterns and paths of a hundred thousand segments are matched beside others", () => {
  const deep = "a/".repeat(100_000);
  const trie = new PatternTrie([patternFor("a/*"), patternFor(`+/${deep}b`), patternFor(`${deep}*`)]);
  expect(trie.best(`${deep}x`)).toBe(2);
  expect(trie.best(`x/${deep}b`)).toBe(1);
  expect(trie.best(`x/${deep}c`)).toBe(-1);
  expect(trie.best("a/b")).toBe(0);
  expect(trie.all(`${deep}x`).sort()).toEqual([0, 2]);
});
