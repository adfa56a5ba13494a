import { redact } from "../../engine/redact";

test("words without anything that was sent stay as they are", () => {
  expect(redact("permission denied", "s.token", { password: "hunter2" })).toBe("permission denied");
});

test("the token, and every text and number of the body however deep, are taken out", () => {
  const body = { data: { list: ["hunter2", { pin: 48151623 }] } };
  const said = "field s.token, hunter2 and 48151623";
  expect(redact(said, "s.token", body)).toBe("field [redacted], [redacted] and [redacted]");
});

test("a value is found in the spelling of a quoted string too", () => {
  expect(redact('cannot parse "two\\nlines"', undefined, { key: "two\nlines" })).toBe(
    'cannot parse "[redacted]"',
  );
});

test("of two values where one is part of the other nothing remains", () => {
  expect(redact("got secret-and-more", undefined, ["secret", "secret-and-more"])).toBe("got [redacted]");
});
