import { amountWords } from "../../review/amount-words";

test.each([
  [14_400, "seconds", "4 h"],
  [86_400, "seconds", "1 d"],
  [90, "seconds", "90 s"],
  [600, "seconds", "10 min"],
  [1, "uses", "1 use"],
  [3, "uses", "3 uses"],
] as const)("%d %s read as %s", (value, unit, words) => {
  expect(amountWords(value, unit)).toBe(words);
});
