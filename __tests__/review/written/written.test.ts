import { UsageError } from "../../../base/errors";
import { mistakesIn } from "../../../review/written/mistakes";
import { refuse } from "../../../review/written/refuse";
import type { Schema } from "../../../review/written/schema";
import { readWritten } from "../../../review/written/written";

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error("not refused");
};

test("YAML and JSON give the same value, and the same places", () => {
  const yaml = readWritten("a:\n  - b: 1\n    c: x\n", "f.yaml");
  const json = readWritten('{"a":\n  [{"b": 1,\n    "c": "x"}]}', "f.json");
  expect(yaml.value).toEqual(json.value);
  expect(yaml.place(["a", 0, "c"])).toEqual({ line: 3, column: 8 });
  expect(yaml.place(["a", 0, "c"], "key")).toEqual({ line: 3, column: 5 });
  expect(json.place(["a", 0, "c"], "key")).toEqual({ line: 3, column: 5 });
});

test("what is not there is placed where it should be", () => {
  expect(readWritten("a:\n  - b: 1\n", "f.yaml").place(["a", 0, "z"])).toEqual({ line: 2, column: 5 });
});

test.each([
  ["a:\n\t- b\n", "f:2:1  a tab cannot indent YAML."],
  ["a: 1\na: 2\n", "f:2:1  this key is there twice."],
  ["a: [1\n", "f:2:1  "],
  ["a: *b\n", "f: Unresolved alias"],
  ["a: 1\n---\nb: 2\n", "f:2:1  a second document begins here."],
  ['{"a": 1,\n "b": {"c": 1, "c": 2}}', 'f:2:16  the key "c" is there twice.'],
  ['{"a": 1, "\\u0061": 2}', 'f:1:10  the key "a" is there twice.'],
])("%j is refused with its place", (text, message) => {
  expect(refusal(() => readWritten(text, "f"))).toContain(message);
});

test("bytes that are no UTF-8 are refused, and a byte order mark is overlooked", () => {
  expect(refusal(() => readWritten(Uint8Array.of(0xff, 0xfe), "f"))).toBe(
    "f is not UTF-8.\n  Save it as UTF-8.",
  );
  expect(readWritten("\ufeffa: 1\n", "f").value).toEqual({ a: 1 });
});

test.each([
  ["a JSON list", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
  ["YAML that never ends", "[".repeat(200_000)],
  ["YAML keys", `a: ${"{a: ".repeat(3000)}${"}".repeat(3000)}`],
  ["one level more than is read", `${"[".repeat(102)}${"]".repeat(102)}`],
])("%s, nested too deep, is refused in words", (_, text) => {
  expect(() => readWritten(text, "f")).toThrow("f is nested deeper than 100 levels.\n  Flatten it.");
});

test("what is nested a hundred times is read", () => {
  const text = `${"[".repeat(100)}${"]".repeat(100)}`;
  expect(readWritten(text, "f").value).toEqual(JSON.parse(text));
});

test("an alias inside of what it names is refused", () => {
  expect(refusal(() => readWritten("a: &a [*a]\n", "f"))).toBe(
    "f: an alias stands inside of what it names.\n  Write it out.",
  );
});

test("aliases that multiply are refused instead of filling the memory", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    .concat(
      "bcdefgh".split("").map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index]},`.repeat(9)}]`),
    )
    .join("\n");
  expect(refusal(() => readWritten(bomb, "f"))).toContain("Excessive alias count");
});

const schema: Schema = {
  type: "object",
  required: ["cases"],
  additionalProperties: false,
  properties: {
    cases: {
      type: "array",
      items: {
        type: "object",
        minProperties: 1,
        additionalProperties: false,
        properties: {
          operation: { enum: ["read", "list"] },
          wrap: { type: ["number", "string"] },
          text: { anyOf: [{ type: "string" }, { type: "object", required: ["file"] }] },
          engine: { pattern: "^(openbao|vault)@" },
        },
      },
    },
  },
};
const told = (value: unknown) => mistakesIn(value, schema).map(({ what, fix }) => `${what}: ${fix}`);

test("a value that is as its schema says has no mistakes", () => {
  expect(
    told({ cases: [{ operation: "read", wrap: 3, text: { file: "x" }, engine: "vault@1.21.1" }] }),
  ).toEqual([]);
});

test("each mistake is told in words, with the nearest that is known", () => {
  expect(
    told({ cases: [{ operation: "raed", opreation: "read", wrap: true, text: 1, engine: "x" }, {}, 3] }),
  ).toEqual([
    '"raed" is not possible for cases[1].operation: Did you mean "read"?',
    'cases[1] knows no "opreation": Did you mean "operation"?',
    "cases[1].wrap has to be a number or text: It is true.",
    "cases[1].text has to be text or keys with values: It is 1.",
    '"x" is not possible for cases[1].engine: It has to match ^(openbao|vault)@.',
    "cases[2] says nothing: Add one of operation, wrap, text, engine.",
    "cases[3] has to be keys with values: It is 3.",
  ]);
  expect(told({})).toEqual(["the file has no cases: Add cases."]);
  expect(told(null)).toEqual(["the file has to be keys with values: It is empty."]);
  expect(told({ cases: [{ text: {} }] })).toEqual(["cases[1].text has no file: Add file."]);
});

test("at most twenty mistakes are told", () => {
  expect(told({ cases: Array.from({ length: 100 }, () => 1) })).toHaveLength(20);
});

test("a file is refused with the line of every mistake", () => {
  const written = readWritten("cases:\n  - operation: read\n    warp: 1\n  - operation: lst\n", "f.yaml");
  expect(refusal(() => refuse(written, mistakesIn(written.value, schema)))).toBe(
    'f.yaml:3:5  cases[1] knows no "warp".\n  Did you mean "wrap"?\nf.yaml:4:16  "lst" is not possible for cases[2].operation.\n  Did you mean "list"?',
  );
});
