import { counted, listed, someOf } from "../../base/words";

test("one and several", () => {
  expect([0, 1, 2].map((count) => counted(count, "error"))).toEqual(["0 errors", "1 error", "2 errors"]);
  expect(counted(2, "policy", "policies")).toBe("2 policies");
});

test("a list in a sentence", () => {
  expect([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed)).toEqual(["", "a", "a and b", "a, b and c"]);
});

test("names up to a number, and how many more", () => {
  expect(someOf(["a", "b"], 2)).toBe("a, b");
  expect(someOf(["a", "b", "c"], 2)).toBe("a, b and 1 other");
  expect(someOf(["a", "b", "c", "d"], 2)).toBe("a, b and 2 others");
});
