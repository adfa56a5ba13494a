import { reviewRevisions } from "../../../review/compare/review-revisions";
import { told } from "../corpus/case";
import { CORPUS } from "../corpus/cases";
import { EXPECTED } from "../corpus/expected";

const now = Date.parse("2026-06-01T00:00:00Z");

test.each(CORPUS.map((each) => [each.name, each] as const))("%s", (name, { base, head }) => {
  expect(reviewRevisions(base, head, { now }).findings.map(told)).toEqual(EXPECTED[name]);
});

test("there are more than forty pairs, each with a name of its own and an expectation", () => {
  const names = CORPUS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(40);
  expect(Object.keys(EXPECTED).sort()).toEqual(names.toSorted());
});

test("nothing is said of a revision against itself", () => {
  for (const { base, head } of CORPUS)
    for (const same of [base, head])
      expect(
        reviewRevisions(same, same, { now }).findings.filter(({ kind }) => kind !== "guardrail-broken"),
      ).toEqual([]);
});
