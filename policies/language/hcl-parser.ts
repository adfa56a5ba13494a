import {
  type Item,
  type Key,
  type ListNode,
  type Literal,
  MAX_DEPTH,
  type Node,
  type ObjectNode,
} from "./ast";
import { ESCAPES } from "./escapes";
import type { Findings } from "./findings";
import { HclScanner, type TokenType } from "./hcl-scanner";
import { cut } from "./spelling";

/**
 * The items of an HCL 1 document. Whatever the engine's parser refuses becomes an error in `findings`; parsing then
 * goes on at the next line that can begin an item, so that one run tells everything that is wrong.
 */
export function parseHcl(findings: Findings): Item[] {
  return new HclParser(findings).document();
}

/** The same with the offsets of every comment, for a printer that keeps them. */
export function parseHclWithComments(findings: Findings): {
  readonly items: readonly Item[];
  readonly comments: readonly { readonly start: number; readonly end: number }[];
} {
  const parser = new HclParser(findings);
  return { items: parser.document(), comments: parser.comments };
}

const SHOWN: { readonly [type in TokenType]?: string } = {
  eof: "the end of the document",
  identifier: "a word",
  string: "a string",
  heredoc: "a heredoc",
  number: "a number",
  float: "a number",
  bool: "true or false",
  illegal: "that character",
};

class HclParser {
  readonly #scanner: HclScanner;
  readonly #text: string;
  #depth = 0;

  constructor(readonly findings: Findings) {
    this.#text = findings.source.text;
    this.#scanner = new HclScanner(this.#text, findings);
  }

  get comments(): HclScanner["comments"] {
    return this.#scanner.comments;
  }

  document(): Item[] {
    this.#scanner.next();
    const items: Item[] = [];
    while (this.#scanner.type !== "eof" && !this.findings.full) this.#itemInto(items, true);
    return items;
  }

  /** One item, with the comma that may follow it. On an error the rest of its line is left out. */
  #itemInto(items: Item[], top: boolean): void {
    const begin = this.#scanner.start;
    const item = this.#item(top);
    if (item) items.push(item);
    else if (item === undefined) this.#recover(top, begin);
    else return;
    if (this.#scanner.type === ",") this.#scanner.next();
  }

  /** `null`: the document ended behind `key =`, which the engine overlooks. `undefined`: an error was found. */
  #item(top: boolean): Item | null | undefined {
    const scanner = this.#scanner;
    const comment = scanner.comment;
    const keys: Key[] = [];
    while (scanner.type === "identifier" || scanner.type === "string") {
      if (scanner.problem && scanner.problem.kind !== "scanner") {
        const reason = `the string ${scanner.problem.reason}`;
        this.findings.error(scanner.problem.kind, scanner.start, scanner.end, reason, ESCAPES);
      }
      keys.push({
        text: scanner.value,
        raw: this.#text.slice(scanner.start, scanner.end),
        start: scanner.start,
        end: scanner.end,
      });
      scanner.next();
    }
    const first = keys[0];
    if (!first)
      return this.#unexpected("a name such as path or capabilities", "Begin with a name, or remove this.");
    const assigned = scanner.type === "=";
    if (assigned) {
      if (keys.length > 1) {
        return this.#unexpected("{", `Write ${written(keys)} { … } without the =.`);
      }
      scanner.next();
      if (scanner.type === "eof") {
        if (!top) return this.#unexpected("a value", `Give ${cut(first.text)} a value.`);
        const reason = `${cut(first.text)} has no value; the engine overlooks it at the end of a document`;
        this.findings.warning("ignored", first.start, first.end, reason, "Give it a value, or remove it.");
        return null;
      }
    } else if (scanner.type !== "{") {
      const fix = `Write ${cut(first.text)} = … or ${cut(first.text)} { … }.`;
      return this.#unexpected(`= or { behind ${written(keys)}`, fix);
    }
    const value = this.#value();
    if (!value) return undefined;
    const item = { keys, assigned, value, start: first.start, end: value.end };
    return comment === undefined ? item : { ...item, comment };
  }

  #value(): Node | undefined {
    const scanner = this.#scanner;
    switch (scanner.type) {
      case "string":
      case "heredoc":
      case "number":
      case "float":
      case "bool":
        return this.#literal();
      case "{":
        return this.#nested(() => this.#object());
      case "[":
        return this.#nested(() => this.#list());
      case "identifier":
        return this.#unexpected("a value", `Put it in quotes: "${cut(scanner.value)}".`);
      default:
        return this.#unexpected("a value", 'Write a "string", a number, true, false, [ … ] or { … }.');
    }
  }

  #literal(): Literal {
    const scanner = this.#scanner;
    const type = scanner.type as Literal["type"];
    const literal: Literal = {
      kind: "literal",
      type,
      text: scanner.value,
      problem: scanner.problem,
      start: scanner.start,
      end: scanner.end,
    };
    scanner.next();
    return literal;
  }

  #nested<T extends Node>(parse: () => T | undefined): T | undefined {
    if (this.#depth >= MAX_DEPTH) {
      const { start, end } = this.#scanner;
      this.findings.error(
        "too-deep",
        start,
        end,
        `this is nested deeper than ${MAX_DEPTH} levels`,
        "Flatten it.",
      );
      this.#skipToEnd();
      return undefined;
    }
    this.#depth++;
    const node = parse();
    this.#depth--;
    return node;
  }

  #object(): ObjectNode | undefined {
    const scanner = this.#scanner;
    const start = scanner.start;
    scanner.next();
    const items: Item[] = [];
    while (scanner.type !== "}" && scanner.type !== "eof" && !this.findings.full)
      this.#itemInto(items, false);
    if (scanner.type !== "}") {
      if (this.#goesOn())
        this.findings.error("syntax", start, start + 1, "this { is never closed", "Close it with a }.");
      return { kind: "object", items, start, end: scanner.end };
    }
    const end = scanner.end;
    scanner.next();
    return { kind: "object", items, start, end };
  }

  #list(): ListNode | undefined {
    const scanner = this.#scanner;
    const start = scanner.start;
    const items: Node[] = [];
    let needsComma = false;
    scanner.next();
    for (;;) {
      const type = scanner.type;
      if (type === "]") break;
      if (type === "eof" || type === "}" || type === "=") {
        if (this.#goesOn())
          this.findings.error("syntax", start, start + 1, "this [ is never closed", "Close it with a ].");
        return undefined;
      }
      if (type === ",") {
        needsComma = false;
        scanner.next();
        continue;
      }
      if (needsComma) this.#say("a comma or ] in the list", "Put a comma between the values.");
      const value = this.#value();
      if (value) {
        items.push(value);
        // The engine forgets to ask for a comma behind a list in a list.
        needsComma = value.kind !== "list";
      } else {
        if (this.findings.full || this.#atEnd()) return undefined;
        scanner.next();
        needsComma = false;
      }
    }
    const end = scanner.end;
    scanner.next();
    return { kind: "list", items, start, end };
  }

  // ---- errors

  /** Whether the document is read to its end: else nobody knows what is closed in the rest of it. */
  #goesOn(): boolean {
    return !this.findings.full && !this.findings.has("too-deep");
  }

  #atEnd(): boolean {
    return this.#scanner.type === "eof";
  }

  #say(wanted: string, fix: string): void {
    const { type, start, end, value } = this.#scanner;
    // The scanner has spoken about this place already.
    if (type === "illegal") return;
    const shown = type === "identifier" ? `the word ${cut(value)}` : (SHOWN[type] ?? type);
    this.findings.error("syntax", start, end, `expected ${wanted}, found ${shown}`, fix);
  }

  #unexpected(wanted: string, fix: string): undefined {
    this.#say(wanted, fix);
    return undefined;
  }

  /** Skips to where an item can begin again: a later line, or behind a } at this level. */
  #recover(top: boolean, begin: number): void {
    const scanner = this.#scanner;
    const failed = scanner.start;
    let depth = 0;
    for (; scanner.type !== "eof"; scanner.next()) {
      if (scanner.type === "{") depth++;
      else if (scanner.type === "}") {
        if (depth === 0 && !top) return;
        depth = Math.max(0, depth - 1);
        if (depth === 0 && top) {
          scanner.next();
          return;
        }
      } else if (depth === 0 && scanner.type === "identifier" && scanner.start > begin) {
        const between = this.#text.slice(scanner.start === failed ? begin : failed, scanner.start);
        if (between.includes("\n")) return;
      }
    }
  }

  #skipToEnd(): void {
    while (this.#scanner.type !== "eof" && !this.findings.full) this.#scanner.next();
  }
}

function written(keys: readonly Key[]): string {
  return keys.map((key) => cut(key.raw)).join(" ");
}
