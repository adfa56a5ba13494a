import { isDecimal, isExponent } from "./characters";
import { ESCAPES, type Problem, unquote } from "./escapes";
import type { Findings } from "./findings";

/** What a token of JSON can be; signs stand for themselves. */
export type JsonTokenType =
  | "eof"
  | "string"
  | "number"
  | "float"
  | "bool"
  | "null"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | ":"
  | "."
  | "illegal";

/** Cuts a JSON policy into tokens by the rules of the engines' own JSON scanner, which is laxer than JSON. */
export class JsonScanner {
  type: JsonTokenType = "eof";
  start = 0;
  end = 0;
  value = "";
  /** Why the value of a string cannot be worked out, if it cannot. */
  problem: Problem | undefined;

  #at = 0;

  constructor(
    readonly text: string,
    readonly findings: Findings,
  ) {
    if (!text.startsWith("\ufeff")) return;
    findings.byteOrderMark();
    this.#at = 1;
  }

  next(): void {
    const text = this.text;
    while (" \t\n\r".includes(text[this.#at] ?? "x")) this.#at++;
    this.start = this.#at;
    this.problem = undefined;
    const character = text[this.#at];
    if (character === undefined) this.type = "eof";
    else if (character === "\0") {
      // The engine's JSON scanner takes a null character for the end, but goes on behind it when asked again.
      this.type = "eof";
      this.#at++;
    } else if (/[a-zA-Z_]/.test(character)) this.#word();
    else if (character === '"') this.#string();
    else if (/[0-9]/.test(character) || (character === "-" && /[0-9]/.test(text[this.#at + 1] ?? "")))
      this.#number();
    else if ("[]{},:".includes(character)) {
      this.type = character as JsonTokenType;
      this.#at++;
    } else this.#other(character);
    this.end = this.#at;
    if (this.type !== "string") this.value = text.slice(this.start, this.end);
  }

  #word(): void {
    const match = /[\p{L}\p{Nd}_-]*/uy;
    match.lastIndex = this.#at;
    const word = match.exec(this.text)?.[0] ?? "";
    this.#at += word.length;
    // A null character behind a word is swallowed, and makes it another one.
    const swallows = this.text[this.#at] === "\0";
    if (swallows) this.#at++;
    const isBool = word === "true" || word === "false";
    this.type = swallows ? "illegal" : isBool ? "bool" : word === "null" ? "null" : "illegal";
    if (this.type === "illegal")
      this.#error(`the word ${word.slice(0, 40)} is not JSON`, `Put it in quotes: "${word.slice(0, 40)}".`);
  }

  #number(): void {
    const text = this.text;
    if (text[this.#at] === "-") this.#at++;
    this.#digits();
    this.type = "number";
    if (isExponent(text.charCodeAt(this.#at))) this.#exponent();
    else if (text[this.#at] === ".") {
      this.type = "float";
      this.#at++;
      if (this.#digits() && isExponent(text.charCodeAt(this.#at))) this.#exponent();
    } else {
      if (text[this.#at] === "\0") this.#at++;
      const first = text[this.start] === "-" ? this.start + 1 : this.start;
      // For the engine the end of the document behind a 0 is one more character too.
      const goesOn = this.#at > first + 1 || this.#at === text.length;
      if (text[first] === "0" && goesOn)
        this.#error("a JSON number cannot begin with 0", "Remove the leading 0.");
    }
  }

  /** A null character behind digits is swallowed. @returns whether none was, so that what comes next belongs to the number */
  #digits(): boolean {
    const start = this.#at;
    while (isDecimal(this.text.charCodeAt(this.#at))) this.#at++;
    const swallows = this.#at > start && this.text[this.#at] === "\0";
    if (swallows) this.#at++;
    return !swallows;
  }

  /** Behind an `e` one character is always consumed, whatever it is; that is what the engine does. */
  #exponent(): void {
    this.type = "float";
    let unit = this.text.charCodeAt(++this.#at);
    this.#at++;
    if (unit === 45 || unit === 43) unit = this.text.charCodeAt(this.#at++);
    if (isDecimal(unit)) this.#digits();
    this.#at = Math.min(this.#at, this.text.length);
  }

  #string(): void {
    const text = this.text;
    this.type = "string";
    let at = this.#at + 1;
    for (; text[at] !== '"'; at++) {
      const character = text[at];
      if (character === undefined || character === "\n" || character === "\0") {
        this.value = text.slice(this.start + 1, at);
        this.#at = at;
        if (character === "\0") this.#error("a null character cuts this string off", "Remove it.");
        else this.#error("this string is not closed on its line", 'Close it with a ".');
        return;
      }
      if (character === "\\") {
        const letter = text[at + 1] ?? "";
        if (!'abfnrtv\\"01234567xuU'.includes(letter) || letter === "") {
          this.findings.error(
            "string",
            at,
            at + 2,
            `the engine knows no escape \\${letter}`,
            letter === "/" ? "Write / without the backslash." : ESCAPES,
          );
        }
        if (letter !== "\n" && letter !== "") at++;
      } else if (
        character >= "\ud800" &&
        character <= "\udfff" &&
        (text.codePointAt(at) as number) <= 0xffff
      ) {
        this.findings.error(
          "encoding",
          at,
          at + 1,
          "the document holds half a surrogate pair, which is not UTF-8",
          "Save it as UTF-8.",
        );
      } else if (character >= "\ud800" && character <= "\udbff") at++;
    }
    const inner = text.slice(this.#at + 1, at);
    this.#at = at + 1;
    const unquoted = unquote(inner, "json");
    if ("value" in unquoted) this.value = unquoted.value;
    else {
      this.value = inner;
      this.problem = unquoted.problem;
      if (unquoted.problem.kind === "scanner" && !unquoted.problem.reason.includes("unknown")) {
        this.findings.error("string", this.start, this.#at, `the string ${unquoted.problem.reason}`, ESCAPES);
      }
    }
  }

  #other(character: string): void {
    this.type = character === "." ? "." : "illegal";
    this.#at += (this.text.codePointAt(this.#at) as number) > 0xffff ? 2 : 1;
    if (character !== ".") {
      const fix = "Remove it, or put it inside a quoted string.";
      this.#error(`the character ${JSON.stringify(character)} is not JSON`, fix);
    } else if (isDecimal(this.text.charCodeAt(this.#at))) {
      this.type = "float";
      if (this.#digits() && isExponent(this.text.charCodeAt(this.#at))) this.#at++;
    }
  }

  #error(reason: string, fix: string): void {
    this.findings.error(
      this.type === "string" ? "string" : "json",
      this.start,
      Math.max(this.#at, this.start + 1),
      reason,
      fix,
    );
  }
}
