import { isDecimal, isExponent } from "./characters";

/** A number as the engine's scanner cuts it out, whether it is one or not. */
export interface ScannedNumber {
  /** The offset behind it. */
  readonly end: number;
  readonly type: "number" | "float";
  readonly mistake?: { readonly reason: string; readonly fix: string };
}

/** The number whose first digit stands at `at`. */
export function scanNumber(text: string, at: number): ScannedNumber {
  const isZero = text[at] === "0";
  if (isZero && /[xX]/.test(text[at + 1] ?? "")) return hexadecimal(text, at + 2);
  let end = endOfDigits(text, at + 1);
  // The engine does not look at the first digit behind the 0.
  const octal = isZero && /[89]/.test(text.slice(at + 2, end));
  if (isExponent(text.charCodeAt(end))) return { end: endOfExponent(text, end + 1), type: "float" };
  if (text[end] === ".") {
    end = endOfDigits(text, end + 1);
    if (isExponent(text.charCodeAt(end))) end = endOfExponent(text, end + 1);
    return { end, type: "float" };
  }
  if (!octal) return { end, type: "number" };
  const reason = "a number that begins with 0 is octal and cannot hold 8 or 9";
  return { end, type: "number", mistake: { reason, fix: "Remove the leading 0." } };
}

/** The offset behind the decimal digits that begin at `at`. */
export function endOfDigits(text: string, at: number): number {
  let end = at;
  while (isDecimal(text.charCodeAt(end))) end++;
  return end;
}

function hexadecimal(text: string, at: number): ScannedNumber {
  const digits = /[0-9a-fA-F]*/y;
  digits.lastIndex = at;
  const found = digits.exec(text)?.[0] ?? "";
  const end = at + found.length;
  if (found !== "") return { end, type: "number" };
  const mistake = {
    reason: "0x needs hexadecimal digits",
    fix: "Write a number such as 30, or quote the text.",
  };
  return { end, type: "number", mistake };
}

/** Behind an `e`: one character is always consumed, whatever it is; that is what the engine does. */
function endOfExponent(text: string, at: number): number {
  let end = at;
  let unit = text.charCodeAt(end++);
  if (unit === 45 || unit === 43) unit = text.charCodeAt(end++);
  if (isDecimal(unit)) end = endOfDigits(text, end);
  return Math.min(end, text.length);
}
