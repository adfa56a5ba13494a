import { UsageError } from "../../base/errors";
import { thresholdOf } from "../../cli/threshold";

test("a threshold is taken by its word", () => {
  expect(thresholdOf("gained")).toBe("gained");
});

test("any other word is refused with those that there are", () => {
  expect(() => thresholdOf("gains")).toThrow(UsageError);
  expect(() => thresholdOf("gains")).toThrow("Write one of gained, any, guardrail, unknown, never.");
});
