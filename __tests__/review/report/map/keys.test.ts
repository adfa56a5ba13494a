import { moved } from "../../../../review/report/map/keys";

const EXTENT = { lastRow: 40, lastColumn: 5, page: 10 };
const AT = { row: 20, column: 2 };

test.each([
  ["ArrowUp", { row: 19, column: 2 }],
  ["ArrowDown", { row: 21, column: 2 }],
  ["ArrowLeft", { row: 20, column: 1 }],
  ["ArrowRight", { row: 20, column: 3 }],
  ["PageUp", { row: 10, column: 2 }],
  ["PageDown", { row: 30, column: 2 }],
  ["Home", { row: 20, column: 0 }],
  ["End", { row: 20, column: 5 }],
])("%s", (key, to) => {
  expect(moved(AT, key, false, EXTENT)).toEqual(to);
});

test("with Control, Home and End lead to the corners", () => {
  expect(moved(AT, "Home", true, EXTENT)).toEqual({ row: 0, column: 0 });
  expect(moved(AT, "End", true, EXTENT)).toEqual({ row: 40, column: 5 });
});

test("nothing leads over the edge", () => {
  expect(moved({ row: 0, column: 0 }, "ArrowUp", false, EXTENT)).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 40, column: 5 }, "PageDown", false, EXTENT)).toEqual({ row: 40, column: 5 });
});

test("other keys lead nowhere", () => {
  expect(moved(AT, "a", false, EXTENT)).toBeUndefined();
});
