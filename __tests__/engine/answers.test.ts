import * as v from "valibot";
import { readAnswer } from "../../engine/answers";

const schema = v.object({ data: v.object({ key: v.string() }) });

test("an answer of the expected shape is returned", () => {
  expect(readAnswer(schema, { data: { key: "value" } }, "GET x")).toEqual({ data: { key: "value" } });
});

test("another shape is told by request and place, without what stood there", () => {
  const read = () => readAnswer(schema, { data: { key: 12345678 } }, "GET sys/x");
  expect(read).toThrow("GET sys/x was answered in an unknown shape, at data.key.");
  expect(read).not.toThrow(/12345678/);
});

test("no answer at all is told too", () => {
  expect(() => readAnswer(schema, undefined, "GET sys/x")).toThrow(/unknown shape/);
});
