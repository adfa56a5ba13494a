import { refuseCharacter, refuseCharacters } from "./bad-characters";
import { isDecimal, isExponent, isLetter, isWord } from "./characters";
import { commentText } from "./comment";
import { ESCAPES, type Problem, unquote } from "./escapes";
import type { Findings } from "./findings";
import { endOfDigits, scanNumber } from "./hcl-number";
import { scanHeredoc } from "./heredoc";

/** What a token of HCL can be; signs stand for themselves. */
export type TokenType =
  | "eof"
  | "identifier"
  | "string"
  | "heredoc"
  | "number"
  | "float"
  | "bool"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | "."
  | "="
  | "+"
  | "-"
  | "illegal";

/**
 * Cuts HCL 1 into tokens by the rules of the engines' scanner, its quirks included: a number followed by `e` swallows
 * a character, `<<-A` needs a terminator as long as `-A`, `${…}` in a string may hold quotes and line ends.
 * Anything that the engine's scanner calls an error becomes a finding, and scanning goes on behind it.
 */
export class HclScanner {
  type: TokenType = "eof";
  start = 0;
  end = 0;
  /** The value of a string or heredoc, the text of anything else. */
  value = "";
  /** Why the value of a string cannot be worked out, if it cannot. */
  problem: Problem | undefined;
  /** The comment on the lines directly above the token. */
  comment: string | undefined;
  /** Every comment that was met, as offsets. */
  readonly comments: { readonly start: number; readonly end: number }[] = [];

  #at = 0;
  readonly #text: string;

  constructor(
    text: string,
    readonly findings: Findings,
  ) {
    this.#text = text;
  }

  /** Moves on to the next token. */
  next(): void {
    this.#skipBlanks();
    const text = this.#text;
    this.start = this.#at;
    this.problem = undefined;
    const unit = text.charCodeAt(this.#at);
    if (Number.isNaN(unit)) {
      this.type = "eof";
      this.end = this.#at;
      return;
    }
    if (isLetter(unit, text, this.#at)) this.#identifier();
    else if (unit === 34) this.#string();
    else if (unit >= 48 && unit <= 57) this.#number();
    else this.#sign(unit);
    this.end = this.#at;
    if (this.type !== "string" && this.type !== "heredoc") this.value = text.slice(this.start, this.end);
  }

  #sign(unit: number): void {
    const text = this.#text;
    const character = text[this.#at] as string;
    this.#at++;
    switch (character) {
      case "[":
      case "]":
      case "{":
      case "}":
      case ",":
      case "=":
      case "+":
        this.type = character;
        return;
      case "-":
        if (!isDecimal(text.charCodeAt(this.#at))) this.type = "-";
        else this.#number();
        return;
      case ".":
        this.type = ".";
        if (isDecimal(text.charCodeAt(this.#at))) {
          this.type = "float";
          this.#at = endOfDigits(text, this.#at);
          if (isExponent(text.charCodeAt(this.#at))) this.#at++;
        }
        return;
      case "<":
        this.#heredoc();
        return;
      default:
        this.#illegal(unit);
    }
  }

  #illegal(unit: number): void {
    this.type = "illegal";
    const point = this.#text.codePointAt(this.start) as number;
    this.#at = this.start + (point > 0xffff ? 2 : 1);
    const name = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
    if (unit === 0xfeff && this.start === 0) {
      this.findings.byteOrderMark();
    } else if (point === 0xfffd && this.findings.has("encoding")) {
      // It stands for a byte that is no UTF-8, which was told.
    } else if (!refuseCharacter(this.findings, point, this.start)) {
      this.#error(
        "character",
        this.start,
        `the character ${name} means nothing here`,
        "Remove it, or put it inside a quoted string.",
      );
    }
  }

  #error(code: Parameters<Findings["error"]>[0], start: number, reason: string, fix: string): void {
    this.findings.error(code, start, Math.max(this.#at, start + 1), reason, fix);
  }

  // ---- blanks and comments

  #skipBlanks(): void {
    const text = this.#text;
    let lines = this.#at === 0 ? 1 : 0;
    let group: string[] | undefined;
    for (;;) {
      const unit = text.charCodeAt(this.#at);
      if (unit === 10) {
        lines++;
        this.#at++;
      } else if (unit === 32 || unit === 9 || unit === 13) this.#at++;
      else if (unit === 35 || unit === 47) {
        const begin = this.#at;
        this.#comment(unit);
        if (lines === 0) group = undefined;
        else {
          const comment = commentText(text.slice(begin, this.#at));
          if (lines === 1 && group) group.push(comment);
          else group = [comment];
        }
        lines = 0;
      } else break;
    }
    this.comment = lines === 1 ? group?.join("\n") : undefined;
  }

  #comment(unit: number): void {
    const text = this.#text;
    const begin = this.#at;
    const second = text.charCodeAt(begin + 1);
    if (unit === 47 && second !== 47 && second !== 42) {
      this.#at++;
      this.#error(
        "comment",
        begin,
        "a single / begins no comment",
        "Write # or // for a comment, or put the text in quotes.",
      );
      return;
    }
    if (unit === 47 && second === 42) {
      const close = text.indexOf("*/", begin + 2);
      this.#at = close < 0 ? text.length : close + 2;
      if (close < 0)
        this.findings.error("comment", begin, begin + 2, "this comment is never closed", "Close it with */.");
    } else {
      const line = text.indexOf("\n", begin);
      this.#at = line < 0 ? text.length : line;
    }
    refuseCharacters(this.findings, text, begin, this.#at);
    this.comments.push({ start: begin, end: this.#at });
  }

  // ---- words and numbers

  #number(): void {
    const { end, type, mistake } = scanNumber(this.#text, this.#at);
    this.#at = end;
    this.type = type;
    if (mistake) this.#error("number", this.start, mistake.reason, mistake.fix);
  }

  #identifier(): void {
    const text = this.#text;
    let at = this.#at;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (isWord(unit)) continue;
      if (unit < 128) break;
      const character = String.fromCodePoint(text.codePointAt(at) as number);
      if (!/[\p{L}\p{Nd}]/u.test(character)) break;
      at += character.length - 1;
    }
    this.#at = at;
    const word = text.slice(this.start, at);
    this.type = word === "true" || word === "false" ? "bool" : "identifier";
  }

  // ---- strings

  #string(): void {
    const text = this.#text;
    this.type = "string";
    let at = this.#at + 1;
    let plain = true;
    let braces = 0;
    for (; ; at++) {
      const unit = text.charCodeAt(at);
      if (Number.isNaN(unit) || (unit === 10 && braces === 0)) {
        this.#at = at;
        this.value = text.slice(this.start + 1, at).replace(/\r$/, "");
        this.findings.error(
          "string",
          this.start,
          at,
          "this string is not closed on its line",
          'Close it with a ".',
        );
        return;
      }
      if (unit === 34 && braces === 0) break;
      if (unit === 36 && braces === 0 && text.charCodeAt(at + 1) === 123) {
        braces = 1;
        at++;
        plain = false;
      } else if (unit === 123 && braces > 0) braces++;
      else if (unit === 125 && braces > 0) braces--;
      else if (unit === 92) {
        plain = false;
        at = this.#escape(at);
      } else if (unit === 0 || unit >= 0xd800) {
        refuseCharacter(this.findings, text.codePointAt(at) as number, at);
        if ((text.codePointAt(at) as number) > 0xffff) at++;
      }
    }
    this.#at = at + 1;
    const inner = text.slice(this.start + 1, at);
    if (plain) {
      this.value = inner;
      return;
    }
    const unquoted = unquote(inner, "hcl");
    if ("value" in unquoted) this.value = unquoted.value;
    else {
      this.value = inner;
      this.problem = unquoted.problem;
      // An unknown escape was told by #escape already.
      if (unquoted.problem.kind === "scanner" && !unquoted.problem.reason.includes("unknown")) {
        this.#error("string", this.start, `the string ${unquoted.problem.reason}`, ESCAPES);
      }
    }
  }

  /** Steps over one escape, so that an escaped quote does not end the string; unquote() judges the rest. */
  #escape(at: number): number {
    const letter = this.#text[at + 1] ?? "";
    if ('abfnrtv\\"01234567xuU'.includes(letter) && letter !== "") return at + 1;
    this.findings.error(
      "string",
      at,
      at + 2,
      `the string has the unknown escape \\${letter === "\n" ? "" : letter}`,
      ESCAPES,
    );
    return letter === "\n" || letter === "" ? at : at + 1;
  }

  #heredoc(): void {
    const text = this.#text;
    const { end, value, body, mistake } = scanHeredoc(text, this.#at);
    this.type = "heredoc";
    this.value = value;
    this.#at = end;
    if (mistake) this.findings.error("heredoc", this.start, mistake.end, mistake.reason, mistake.fix);
    if (body) refuseCharacters(this.findings, text, body.start, body.end);
  }
}
