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
import { JsonScanner } from "./json-scanner";

/**
 * The items of a JSON policy, read and flattened as the engines do it: their parser forgives missing ends, trailing
 * commas and whatever follows the first object, drops booleans in lists, and turns objects that hold only objects
 * into labels (`{"path": {"a": {…}}}` is `path "a" {…}`).
 */
export function parseJson(findings: Findings): Item[] {
  const parser = new JsonParser(findings);
  return flatten(parser.document());
}

class JsonParser {
  readonly #scanner: JsonScanner;
  #depth = 0;

  constructor(readonly findings: Findings) {
    this.#scanner = new JsonScanner(findings.source.text, findings);
  }

  document(): Item[] {
    const scanner = this.#scanner;
    scanner.next();
    const object = this.#object();
    if (!object) return [];
    const text = this.findings.source.text;
    const { type, end } = scanner;
    if (type !== "}") {
      const reason = "the object is not closed; the engine ignores the rest";
      this.findings.warning("ignored", end, end, reason, "Make it proper JSON.");
    } else if (text.slice(end).trim() !== "") {
      const reason = "the engine ignores whatever follows the first object";
      this.findings.warning("ignored", end, text.length, reason, "Make it proper JSON.");
    }
    return [...object.items];
  }

  /** On return the current token is the one behind which the engine stops reading the object, a } in proper JSON. */
  #object(): ObjectNode | undefined {
    const scanner = this.#scanner;
    const start = scanner.start;
    if (++this.#depth > MAX_DEPTH) {
      this.#depth--;
      this.findings.error(
        "too-deep",
        start,
        scanner.end,
        `this is nested deeper than ${MAX_DEPTH} levels`,
        "Flatten it.",
      );
      return undefined;
    }
    const items: Item[] = [];
    for (;;) {
      const item = this.#item();
      if (item === "end") break;
      if (!item) {
        // The engine takes a } for the end of the object, even where a value was due, and drops the item.
        if (scanner.type === "}") break;
        return undefined;
      }
      items.push(item);
      scanner.next();
      if (scanner.type !== ",") break;
    }
    this.#depth--;
    return { kind: "object", items, start, end: scanner.end };
  }

  /** "end": the object is over, by its } or by the end of the document. */
  #item(): Item | "end" | undefined {
    const scanner = this.#scanner;
    const keys: Key[] = [];
    for (;;) {
      scanner.next();
      if (scanner.type === "eof" || (scanner.type === "}" && keys.length === 0)) return "end";
      if (scanner.type === "string") {
        if (scanner.problem && scanner.problem.kind !== "scanner") {
          const reason = `the string ${scanner.problem.reason}`;
          this.findings.error(scanner.problem.kind, scanner.start, scanner.end, reason, ESCAPES);
        }
        keys.push({
          text: scanner.value,
          raw: this.findings.source.text.slice(scanner.start, scanner.end),
          start: scanner.start,
          end: scanner.end,
        });
      } else if (scanner.type === ":" && keys.length > 0) break;
      else return this.#unexpected('a "name" in quotes');
    }
    scanner.next();
    if (this.#atEnd()) return "end";
    const value = this.#value();
    const first = keys[0] as Key;
    return value && { keys, assigned: true, value, start: first.start, end: value.end };
  }

  #atEnd(): boolean {
    return this.#scanner.type === "eof";
  }

  #value(): Node | undefined {
    const scanner = this.#scanner;
    switch (scanner.type) {
      case "string":
      case "number":
      case "float":
      case "bool":
      case "null":
        return this.#literal();
      case "{":
        return this.#object();
      case "[":
        return this.#list();
      default:
        return this.#unexpected("a value");
    }
  }

  #literal(): Literal {
    const { type, value, problem, start, end } = this.#scanner;
    // null is the empty string for the engine.
    if (type === "null") return { kind: "literal", type: "string", text: "", start, end };
    return { kind: "literal", type: type as Literal["type"], text: value, problem, start, end };
  }

  #list(): ListNode | undefined {
    const scanner = this.#scanner;
    const start = scanner.start;
    const items: Node[] = [];
    for (;;) {
      scanner.next();
      switch (scanner.type) {
        case "number":
        case "float":
        case "string":
          items.push(this.#literal());
          break;
        case "{": {
          const object = this.#object();
          if (!object) return undefined;
          items.push(object);
          break;
        }
        case ",":
          break;
        case "bool":
        case "[":
          this.findings.warning(
            "ignored",
            scanner.start,
            scanner.end,
            "the engine ignores true, false and inner lists in a JSON list",
            "Write the policy in HCL.",
          );
          break;
        case "]":
          return { kind: "list", items, start, end: scanner.end };
        default:
          return this.#unexpected("a value or ]");
      }
    }
  }

  #unexpected(wanted: string): undefined {
    const { type, start, end } = this.#scanner;
    if (type === "}") {
      this.findings.warning(
        "ignored",
        start,
        end,
        `expected ${wanted}, found }; the engine drops what is unfinished`,
        "Make it proper JSON.",
      );
      return undefined;
    }
    const found = type === "eof" ? "the end of the document" : type;
    if (type !== "illegal")
      this.findings.error(
        "json",
        start,
        Math.max(end, start),
        `expected ${wanted}, found ${found}`,
        "Make it proper JSON.",
      );
    return undefined;
  }
}

/** Objects that hold nothing but objects, and lists of nothing but objects, become items with more labels. */
function flatten(items: readonly Item[]): Item[] {
  return items.flatMap(flattenItem).map((item) => ({ ...item, value: flattenValue(item.value) }));
}

function flattenItem(item: Item): Item[] {
  const value = item.value;
  if (
    value.kind === "list" &&
    value.items.length > 0 &&
    value.items.every((node) => node.kind === "object")
  ) {
    return value.items.flatMap((node) => flattenItem({ ...item, value: node }));
  }
  if (
    value.kind === "object" &&
    value.items.length > 0 &&
    value.items.every((inner) => inner.value.kind === "object")
  ) {
    return value.items.flatMap((inner) =>
      flattenItem({ ...inner, keys: [...item.keys, ...inner.keys], start: inner.start }),
    );
  }
  return [item];
}

function flattenValue(node: Node): Node {
  if (node.kind === "object") return { ...node, items: flatten(node.items) };
  if (node.kind === "list") return { ...node, items: node.items.map(flattenValue) };
  return node;
}
