import fc from "fast-check";
import { readReview } from "../../../review/pipeline/read-review";
import { renderJson } from "../../../review/render/json";
import { anyText } from "../render/arbitrary";
import { EVERY_KIND, finding, hostileReview, NOTHING, SHORT } from "../render/sample";

// Tries many texts: slow on a busy machine.
jest.setTimeout(30_000);

test.each([
  ["nothing", NOTHING],
  ["a short review", SHORT],
  ["every kind", EVERY_KIND],
])("%s is read back from its JSON as it was", (_, review) => {
  expect(readReview(renderJson(review), "review.json")).toEqual(review);
});

test("any text in it is read back as it was", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(readReview(renderJson(hostileReview(text)), "review.json")).toEqual(hostileReview(text));
    }),
  );
});

test("what stands in a summary is not believed", () => {
  const forged = JSON.parse(renderJson(SHORT));
  forged.summary = { findings: 0 };
  expect(readReview(JSON.stringify(forged), "review.json").findings).toHaveLength(4);
});

test.each([
  ["no JSON", "{", "review.json is not JSON"],
  [
    "another version",
    JSON.stringify({ ...JSON.parse(renderJson(SHORT)), schema_version: 2 }),
    "at schema_version",
  ],
  ["a key too many", JSON.stringify({ ...JSON.parse(renderJson(SHORT)), html: "<b>" }), "at html"],
  ["null", "null", "at the top"],
  [
    "a kind that there is none of",
    renderJson({ ...NOTHING, findings: [finding("gained")] }).replace(
      '"kind": "gained"',
      '"kind": "__proto__"',
    ),
    "at findings.0.kind",
  ],
])("%s is refused with its place", (_, text, words) => {
  expect(() => readReview(text, "review.json")).toThrow(words);
});
