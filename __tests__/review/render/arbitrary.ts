import fc from "fast-check";
import { HOSTILE } from "./sample";

/** Texts as nobody would choose them: any code unit at all, and what people with bad intent have thought of. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom(...HOSTILE, ..."`|\\<>@#[]()!*_~$&{}:\n\r\t ".split(""), "\ud800", "a"), {
      maxLength: 6,
    })
    .map((parts) => parts.join("")),
);
