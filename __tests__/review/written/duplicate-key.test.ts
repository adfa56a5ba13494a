import fc from "fast-check";
import { duplicateKey } from "../../../review/written/duplicate-key";

test.each([
  ['{"a": 1, "a": 2}', "a"],
  ['{"a": {"b": 1, "c": [], "b": 2}}', "b"],
  ['[{"x\\"y": 1, "x\\"y": 2}]', 'x"y'],
  ['{"\\u0061": 1, "a": 2}', "a"],
  ['{"a\\\\": 1, "a\\\\": 2}', "a\\"],
])("%s has a key twice", (text, key) => {
  expect(duplicateKey(text)?.key).toBe(key);
});

test.each([
  '{"a": {"a": {"a": "a"}}}',
  '[{"a": 1}, {"a": 1}]',
  '{"a": "b", "b": "a"}',
  '{"a": ["a", "a"]}',
  '""',
  "1",
])("%s has none", (text) => {
  expect(duplicateKey(text)).toBeUndefined();
});

test("what JSON writes has none, and with one key more it has one", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, key) => {
      expect(duplicateKey(JSON.stringify(value))).toBeUndefined();
      const text = `{${JSON.stringify(key)}: ${JSON.stringify(value)}, ${JSON.stringify(key)}: 1}`;
      expect(duplicateKey(text)?.key).toBe(key);
    }),
    { numRuns: 300, seed: 5 },
  );
});
