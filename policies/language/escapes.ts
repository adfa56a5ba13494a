/** A string literal, decoded: its value, or why it has none. */
export type Unquoted = { readonly value: string } | { readonly problem: Problem };

/** Why a string literal has no value that could be held. */
export interface Problem {
  /** `scanner`: refused wherever it stands. Otherwise only where the engine needs the value. */
  readonly kind: "scanner" | "string" | "representation";
  readonly reason: string;
}

/** How to write what a string cannot hold as it is. */
export const ESCAPES = 'Use \\n, \\t, \\", \\\\ or \\uXXXX.';

/** Opens a stretch of an HCL string in which nothing is escaped. */
const INTERPOLATION = "$" + "{";

const SIMPLE: { readonly [letter: string]: number } = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  '"': 34,
};

/**
 * The value of a quoted literal, given without its quotes, by the engines' rules: Go's escapes, and in HCL
 * everything inside `${…}` is taken as it stands. Escapes may spell single bytes (`\xff`); a value whose bytes are
 * not UTF-8 is accepted by the engines but cannot be held in a JavaScript string, and is refused here with its reason.
 */
export function unquote(inner: string, dialect: "hcl" | "json"): Unquoted {
  if (!inner.includes("\\") && !inner.includes(INTERPOLATION)) return { value: inner };
  const out = new Pieces();
  let at = 0;
  while (at < inner.length) {
    if (dialect === "hcl" && inner.startsWith(INTERPOLATION, at)) {
      const end = endOfInterpolation(inner, at);
      if (end < 0) return { problem: { kind: "string", reason: "has an interpolation without its }" } };
      const raw = inner.slice(at, end).replaceAll("\r\n", "\n");
      if (raw.includes("\ufffd"))
        return {
          problem: {
            kind: "string",
            reason: "has U+FFFD inside an interpolation, on which the engine fails",
          },
        };
      out.text(raw);
      at = end;
    } else if (inner[at] === "\\") {
      const read = readEscape(inner, at, dialect);
      if ("problem" in read) return read;
      if (read.byte) out.byte(read.code);
      else out.text(String.fromCodePoint(read.code));
      at = read.next;
    } else {
      const stop = nextSpecial(inner, at + 1);
      out.text(inner.slice(at, stop));
      at = stop;
    }
  }
  return out.result();
}

function nextSpecial(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 92 || unit === 36) return at;
  }
  return text.length;
}

function endOfInterpolation(text: string, start: number): number {
  let braces = 0;
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 123) braces++;
    else if (unit === 125 && --braces === 0) return at + 1;
  }
  return -1;
}

type Escape = { readonly code: number; readonly byte: boolean; readonly next: number };

function readEscape(text: string, at: number, dialect: "hcl" | "json"): Escape | { problem: Problem } {
  const letter = text[at + 1] ?? "";
  const simple = SIMPLE[letter];
  if (simple !== undefined) return { code: simple, byte: false, next: at + 2 };
  if (letter >= "0" && letter <= "7") {
    const digits = text.slice(at + 1, at + 4);
    if (!/^[0-7]{3}$/.test(digits)) return scannerProblem("has an octal escape without three digits");
    const code = Number.parseInt(digits, 8);
    if (code > 255)
      return valueProblem(`has the escape \\${digits}, which is above \\377, and the engine fails on it`);
    return { code, byte: code > 127, next: at + 4 };
  }
  const length = { x: 2, u: 4, U: 8 }[letter];
  if (length === undefined) return scannerProblem(`has the unknown escape \\${letter}`);
  const digits = text.slice(at + 2, at + 2 + length);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== length) {
    return scannerProblem(`has \\${letter} without ${length} hexadecimal digits`);
  }
  const code = Number.parseInt(digits, 16);
  const next = at + 2 + length;
  if (letter === "x") return { code, byte: code > 127, next };
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code > 0x10ffff || (surrogate && dialect === "json")) {
    return valueProblem(`has \\${letter}${digits}, which is no character, and the engine fails on it`);
  }
  return { code: surrogate ? 0xfffd : code, byte: false, next };
}

function scannerProblem(reason: string): { problem: Problem } {
  return { problem: { kind: "scanner", reason } };
}

function valueProblem(reason: string): { problem: Problem } {
  return { problem: { kind: "string", reason } };
}

/** Text and single bytes, put together; bytes are only looked at when there are any. */
class Pieces {
  #text = "";
  #bytes: number[] | undefined;

  text(piece: string): void {
    if (this.#bytes) for (const byte of utf8(piece)) this.#bytes.push(byte);
    else this.#text += piece;
  }

  byte(value: number): void {
    this.#bytes ??= [...utf8(this.#text)];
    this.#bytes.push(value);
  }

  result(): Unquoted {
    if (!this.#bytes) return { value: this.#text };
    try {
      return {
        value: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
          Uint8Array.from(this.#bytes),
        ),
      };
    } catch {
      const reason =
        "spells bytes that are not UTF-8: the engine accepts it, but this library cannot hold it";
      return { problem: { kind: "representation", reason } };
    }
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
