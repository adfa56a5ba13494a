import { isMap, isPair, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from "yaml";
import { UsageError } from "../../base/errors";
import { isTooDeep, tooDeep } from "./depth";
import { duplicateKey } from "./duplicate-key";

/** Steps into a value: keys of objects and indexes of lists. */
export type Steps = readonly (string | number)[];

/** A file that people write, in YAML or JSON, with the place of everything in it. */
export interface Written {
  readonly file: string;
  readonly value: unknown;
  /** Line and column, from 1, of a value, or of the key that it stands under; of the nearest there is. */
  place(steps: Steps, of?: "key" | "value"): { readonly line: number; readonly column: number };
}

/**
 * Reads YAML 1.2 or JSON; what parses as JSON is JSON, which is quicker.
 * @throws UsageError for anything else, with line and column
 */
export function readWritten(source: string | Uint8Array, file: string): Written {
  const text = decoded(source, file);
  let tree: Tree | undefined;
  const yaml = (): Tree => {
    tree ??= parseYaml(text, file);
    return tree;
  };
  const json = parseJson(text, file);
  const value = json === undefined ? toValue(yaml(), file) : json.value;
  if (isTooDeep(value)) throw tooDeep(file);
  return {
    file,
    value,
    place: (steps, of = "value") => placeOf(yaml(), steps, of),
  };
}

function decoded(source: string | Uint8Array, file: string): string {
  if (typeof source === "string") return source.replace(/^\ufeff/, "");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(source);
  } catch (cause) {
    throw new UsageError(`${file} is not UTF-8.`, "Save it as UTF-8.", { cause });
  }
}

function parseJson(text: string, file: string): { readonly value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const twice = duplicateKey(text);
  if (!twice) return { value };
  const before = text.slice(0, twice.offset).split("\n");
  throw new UsageError(
    `${file}:${before.length}:${(before.at(-1) ?? "").length + 1}  the key "${twice.key}" is there twice.`,
    "Remove one of them.",
  );
}

interface Tree {
  readonly contents: ParsedNode | null;
  readonly lines: LineCounter;
  readonly toJS: () => unknown;
}

/** What the YAML parser says to programmers, for people. */
const SAID: { readonly [code: string]: readonly [what: string, fix: string] } = {
  MULTIPLE_DOCS: [
    "a second document begins here",
    "Write one document a file: remove this --- and what follows.",
  ],
  DUPLICATE_KEY: ["this key is there twice", "Remove one of them."],
  TAB_AS_INDENT: ["a tab cannot indent YAML", "Use spaces."],
};

function parseYaml(text: string, file: string): Tree {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error?.message.includes("call stack")) throw tooDeep(file);
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const [what, fix] = SAID[error.code] ?? [error.message.replace(/\.?$/, ""), "Write YAML or JSON."];
    throw new UsageError(`${file}:${line}:${col}  ${what}.`, fix);
  }
  return { contents: document.contents, lines, toJS: () => withoutCircles(document.toJS(), text) };
}

/** An alias may stand inside of what it names. */
function withoutCircles(value: unknown, text: string): unknown {
  if (!text.includes("*")) return value;
  try {
    JSON.stringify(value);
    return value;
  } catch (cause) {
    throw new Error("an alias stands inside of what it names", { cause });
  }
}

function toValue(tree: Tree, file: string): unknown {
  try {
    return tree.toJS();
  } catch (cause) {
    if (cause instanceof RangeError) throw tooDeep(file);
    // An alias that nobody defined, or so many of them that they fill the memory.
    throw new UsageError(`${file}: ${(cause as Error).message}.`, "Write it out.", { cause });
  }
}

function placeOf(tree: Tree, steps: Steps, of: "key" | "value"): { line: number; column: number } {
  let node: Node | null | undefined = tree.contents;
  let key: Node | null | undefined = node;
  for (const step of steps) {
    let next: Node | null | undefined;
    let nextKey: Node | null | undefined;
    if (isMap(node)) {
      const pair = node.items.find((each) => isPair(each) && String(each.key) === String(step));
      nextKey = pair?.key as Node | undefined;
      next = (pair?.value ?? pair?.key) as Node | undefined;
    } else if (isSeq(node) && typeof step === "number") {
      next = node.items[step] as Node | undefined;
      nextKey = next;
    }
    if (!next) break;
    node = next;
    key = nextKey;
  }
  const offset = ((of === "key" ? key : node)?.range ?? [0])[0];
  const { line, col } = tree.lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
