import { ByPlace } from "../../../../review/compare/access/by-place";

const places = new ByPlace(["secret/b", "secret/a/", "other", "secret/a", ""].map((place) => ({ place })));
const below = (head: string): string[] => places.below(head).map(({ place }) => place);

test("what begins alike is found in the order in which it was given", () => {
  expect(below("secret/")).toEqual(["secret/b", "secret/a/", "secret/a"]);
  expect(below("secret/a")).toEqual(["secret/a/", "secret/a"]);
  expect(below("")).toEqual(["secret/b", "secret/a/", "other", "secret/a", ""]);
});

test("where nothing begins so, nothing is found", () => {
  for (const head of ["secret/c", "z", "secret/a//"]) expect(below(head)).toEqual([]);
});
