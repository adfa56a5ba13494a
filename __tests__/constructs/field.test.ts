import { every, hours } from "../../constructs/duration";
import { generated, number, optional, port, sensitive, text, url } from "../../constructs/field";
import { refusal } from "./workbench";

test("a field of each kind says whether it may be shown, and what it is by default", () => {
  const plain = { sensitive: false, optional: false };
  expect(text()).toEqual({ kind: "text", ...plain });
  expect(text("HS256")).toEqual({ kind: "text", ...plain, default: "HS256" });
  expect(number(0)).toEqual({ kind: "number", ...plain, default: 0 });
  expect(url("https://example.com")).toEqual({ kind: "url", ...plain, default: "https://example.com" });
  expect(port(5432)).toEqual({ kind: "port", ...plain, default: 5432 });
  expect(sensitive()).toEqual({ kind: "sensitive", sensitive: true, optional: false });
  expect(generated()).toEqual({ kind: "generated", sensitive: true, optional: false, bytes: 32 });
  expect(generated({ bytes: 48 }).bytes).toBe(48);
  expect(optional(sensitive())).toEqual({ kind: "sensitive", sensitive: true, optional: true });
});

test.each<[string, () => unknown, string]>([
  ["port(0)", () => port(0), "port(0) is no TCP port.\n  Use a whole number from 1 to 65535."],
  ["port(65536)", () => port(65536), "port(65536) is no TCP port."],
  ["port(80.5)", () => port(80.5), "port(80.5) is no TCP port."],
  ["number(NaN)", () => number(Number.NaN), "number(NaN) is no number."],
  [
    "too few bytes",
    () => generated({ bytes: 8 }),
    "generated({ bytes: 8 }) is out of range.\n  Use 16 to 1024",
  ],
  ["half a byte", () => generated({ bytes: 16.5 }), "generated({ bytes: 16.5 }) is out of range."],
  ["no URL", () => url("example.com"), "The default of a url() is no URL."],
  [
    "no time",
    () => hours(0),
    "0 hours is no duration.\n  Use a number above zero that comes to whole seconds",
  ],
  ["a negative time", () => every(-1, "days"), "-1 days is no duration."],
  ["a part of a second", () => hours(0.0001), "0.0001 hours is no duration."],
  ["longer than engines count", () => every(1e9, "days"), "1000000000 days is no duration."],
  [
    "a unit that is none",
    () => every(1, "weeks" as "days"),
    "1 weeks is no duration.\n  Use a number above zero that comes to whole seconds, in minutes, hours, days.",
  ],
])("%s is refused at its line", (_, declare, told) => {
  expect(refusal(declare)).toContain(`HERE  ${told}`);
});

test("an address with credentials in it is refused, and not repeated", () => {
  const message = refusal(() => url("https://me:hunter2@example.com"));
  expect(message).toContain("The default of a url() has credentials in it.");
  expect(message).not.toContain("hunter2");
});
