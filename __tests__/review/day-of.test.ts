import { dayOf } from "../../review/day-of";

test("an end is told as a day where it ends with the day, and in full otherwise", () => {
  expect(dayOf("2027-01-01T23:59:59Z")).toBe("2027-01-01");
  expect(dayOf("2027-01-01T12:00:00Z")).toBe("2027-01-01T12:00:00Z");
});
