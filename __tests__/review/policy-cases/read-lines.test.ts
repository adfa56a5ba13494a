import { isLines, readLines } from "../../../review/policy-cases/read-lines";

const one = '{"request": {"operation": "read", "path": "a"}, "expect": {"allowed": true}}';

test("each line is a case, and the first may be what they share", () => {
  expect(readLines(`${one}\n\n${one}`, "f").value).toMatchObject({ cases: [{}, {}] });
  expect(readLines(`\n{"policies": {}}\n${one}\n`, "f").value).toEqual({
    policies: {},
    cases: [JSON.parse(one)],
  });
  expect(readLines("", "f").value).toEqual({ cases: [] });
});

test("places are those of the lines", () => {
  const written = readLines(`{"policies": {"a": "x"}}\n\n${one}`, "f");
  expect(written.place(["cases", 0, "request", "path"])).toEqual({ line: 3, column: 43 });
  expect(written.place(["policies", "a"], "key")).toEqual({ line: 1, column: 15 });
});

test("lines may end as Windows ends them", () => {
  const written = readLines(`{"policies": {"a": "x"}}\r\n${one}\r\n`, "f");
  expect(written.place(["cases", 0, "request", "path"])).toEqual({ line: 2, column: 43 });
  expect(written.place(["policies", "a"], "key")).toEqual({ line: 1, column: 15 });
});

test("a line that is no object is refused with its number, and not repeated", () => {
  expect(() => readLines(`${one}\nhidden`, "f")).toThrow("f:2  this line is no JSON object.");
  expect(() => readLines("[1]", "f")).toThrow("f:1  this line is no JSON object.");
});

test.each([
  [one, true],
  [`{"policies": {}}\n${one}`, true],
  ['{"policies": {}, "cases": []}', false],
  ['{\n  "cases": []\n}', false],
  ["cases: []", false],
  ["", false],
])("%j is the batch form: %s", (text, batch) => {
  expect(isLines(text)).toBe(batch);
});

test("a line that is nested too deep is refused with its number", () => {
  const deep = `{"request":{"parameters":{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}}}`;
  expect(() => readLines(`{"policies":{}}\n${deep}\n`, "f")).toThrow(
    "f:2  this line is nested deeper than 100 levels.\n  Flatten it.",
  );
});
