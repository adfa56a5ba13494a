import type { Dialect } from "../dialect";
import { ANY_ATTRIBUTE } from "../dialects/attributes";
import type { Parameters, ParameterValue } from "../rule";
import type { Item, Literal, Node } from "./ast";
import { ESCAPES } from "./escapes";
import type { FindingCode } from "./finding";
import type { Findings } from "./findings";
import { durationOf, goInteger, goLower, isReadable, isText, parameterValue, takesOver } from "./go-values";
import { quote, suggestion } from "./spelling";

/** Without a dialect a document may use whatever any engine knows. */
export interface DecodeOptions {
  readonly dialect?: Dialect | undefined;
  /** Milliseconds since 1970. Engines do not look into rules that have expired. @default rules never expire */
  readonly now?: number | undefined;
}

/** Reads the attributes of one block, by the types that the engine asks for. */
export class Attributes {
  readonly #byName = new Map<string, Item[]>();

  constructor(
    readonly items: readonly Item[],
    readonly findings: Findings,
    readonly options: DecodeOptions,
  ) {
    for (const item of items) {
      const key = item.keys[0];
      if (!key) continue;
      const same = this.#byName.get(key.text);
      if (same) same.push(item);
      else this.#byName.set(key.text, [item]);
    }
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  named(name: string): readonly Item[] {
    return this.#byName.get(name) ?? [];
  }

  checkKeys(allowed: ReadonlySet<string>, dialect: Dialect | undefined): void {
    for (const item of this.items) {
      const key = item.keys[0];
      if (!key || allowed.has(key.text)) continue;
      const elsewhere = ANY_ATTRIBUTE.has(key.text) && dialect;
      const reason = elsewhere
        ? `${dialect.engine} has no ${key.text}`
        : `a rule has no attribute ${quote(key.text)}`;
      this.findings.error("unknown-key", key.start, key.end, reason, suggestion(key.text, allowed));
    }
  }

  // ---- the engine's types

  /** A string; a number stands for its digits. The last of several wins. */
  string(name: string): string | undefined {
    let value: string | undefined;
    for (const item of this.named(name)) {
      const node = this.#plain(item, name);
      if (node && isText(node)) value = this.#text(node);
      else if (node) this.#wrong(node, name, "a string", '"…"');
    }
    return value;
  }

  /** A list of strings; several lists are appended. An empty block counts as an empty list. */
  strings(name: string): Literal[] | undefined {
    const items = this.#byName.get(name);
    if (!items) return undefined;
    const out: Literal[] = [];
    for (const item of items) {
      const node = this.#plain(item, name);
      if (!node || (node.kind === "object" && node.items.length === 0)) continue;
      if (node.kind !== "list") {
        this.#wrong(node, name, "a list", '["…"]');
        continue;
      }
      for (const element of node.items) {
        if (isText(element)) {
          this.#text(element);
          out.push(element);
        } else this.#wrong(element, name, "a list of strings", '"…" for each');
      }
    }
    return out;
  }

  integer(name: string): number | undefined {
    let value: number | undefined;
    for (const item of this.named(name)) {
      const node = this.#plain(item, name);
      if (!node) continue;
      const number =
        node.kind === "literal" && (node.type === "number" || node.type === "string")
          ? goInteger(node.text)
          : undefined;
      if (number === undefined) this.#wrong(node, name, "a whole number", "100");
      else value = number;
    }
    return value;
  }

  boolean(name: string): boolean | undefined {
    let value: boolean | undefined;
    for (const item of this.named(name)) {
      const node = this.#plain(item, name);
      if (!node) continue;
      if (node.kind === "literal" && node.type === "bool") value = node.text === "true";
      else this.#wrong(node, name, "true or false", "true");
    }
    return value;
  }

  /**
   * Seconds, from a string such as "30s" or from a number. What is no duration comes back as the node to blame: the
   * engine minds only when it needs it.
   */
  duration(name: string): number | Node | undefined {
    let value: number | Node | undefined;
    let before: Node | undefined;
    for (const item of this.named(name)) {
      const node = item.value;
      const seconds = item.keys.length === 1 && node.kind === "literal" ? durationOf(node) : undefined;
      if (before && !takesOver(before, node)) this.#wrong(node, name, "of one kind both times", "it once");
      value = seconds ?? node;
      before ??= node;
      if (!isReadable(node)) this.#wrong(node, name, "a number that the engine can hold", "90");
    }
    return value;
  }

  /** The seconds of a duration that the engine needs now. */
  needed(name: string, duration: number | Node | undefined): number | undefined {
    if (typeof duration === "number" || duration === undefined) return duration;
    const fix = 'Write seconds or a duration: 90, "90s", "1h".';
    this.findings.error("duration", duration.start, duration.end, `${name} is no duration`, fix);
    return undefined;
  }

  /** Names to lists of values; names are lower-cased, and the lists of one name are appended. */
  parameters(name: string): Parameters | undefined {
    const items = this.#byName.get(name);
    if (!items) return undefined;
    const out = new Map<string, ParameterValue[]>();
    const entries: Item[] = [];
    for (const item of items) {
      if (item.keys.length > 1) entries.push({ ...item, keys: item.keys.slice(1) });
      else if (item.value.kind === "object") entries.push(...item.value.items);
      else this.#wrong(item.value, name, "a block", '{ "name" = ["value"] }');
    }
    for (const entry of entries) this.#parameter(entry, name, out);
    return Object.fromEntries(out);
  }

  #parameter(entry: Item, name: string, out: Map<string, ParameterValue[]>): void {
    const key = entry.keys[0] as Item["keys"][number];
    const parameter = goLower(key.text);
    const before = out.get(parameter) ?? [];
    if (entry.keys.length > 1 || entry.value.kind === "literal") {
      const fix = `Write ${quote(key.text)} = ["value"], or = [] for any value.`;
      this.findings.error(
        "type",
        entry.value.start,
        entry.value.end,
        `${name} of ${quote(key.text)} is no list of values`,
        fix,
      );
      return;
    }
    const nodes = entry.value.kind === "list" ? entry.value.items : [entry.value];
    for (const node of nodes) {
      const value = parameterValue(node);
      if (value === undefined) this.#wrong(node, name, "a number that the engine can hold", '"…"');
      else {
        before.push(value);
        if (node.kind === "literal") this.#text(node);
      }
    }
    out.set(parameter, before);
  }

  #text(literal: Literal): string {
    const { problem, start, end } = literal;
    if (problem && problem.kind !== "scanner")
      this.findings.error(problem.kind, start, end, `the string ${problem.reason}`, ESCAPES);
    return literal.text;
  }

  /** The value of an item that takes no label. */
  #plain(item: Item, name: string): Node | undefined {
    const label = item.keys[1];
    if (!label) return item.value;
    this.findings.error("type", label.start, label.end, `${name} takes no label`, `Write ${name} = ….`);
    return undefined;
  }

  #wrong(node: Node, name: string, wanted: string, example: string): void {
    this.findings.error("type", node.start, node.end, `${name} must be ${wanted}`, `Write ${example}.`);
  }

  /** Says something about the last value of an attribute. */
  say(code: FindingCode, name: string, reason: string, fix: string): void {
    const value = this.named(name).at(-1)?.value;
    this.findings.error(code, value?.start ?? 0, value?.end ?? 0, reason, fix);
  }
}

/** The text of a literal that was found to be one. */
export function textOf(literal: Literal): string {
  return literal.text;
}
