import { isDeep, matchesDeep } from "./deep-pattern";
import type { Pattern } from "./rank";

interface TrieNode {
  literals: Map<string, TrieNode> | undefined;
  plus: TrieNode | undefined;
  /** The pattern that ends with this segment, by its strength. */
  end: number;
  /** Patterns that go on with anything that begins with a text: the text to the strength. */
  tails: Map<string, number> | undefined;
  /** The lengths of those texts, each once. */
  tailLengths: number[] | undefined;
  /** The greatest strength in or under this node: a walk need not go where nothing stronger can be. */
  strongest: number;
}

/**
 * Finds the strongest pattern that matches a path, by walking the path's segments once. What it costs depends on the path
 * and on the `+` patterns that live side by side, and not on how many patterns there are.
 */
export class PatternTrie {
  readonly #root = newNode();
  /** What is too deep to be walked, by strength. */
  readonly #deep: { readonly pattern: Pattern; readonly strength: number }[] = [];

  /** @param patterns from the weakest to the strongest; none of them exact */
  constructor(patterns: readonly Pattern[]) {
    for (const [strength, pattern] of patterns.entries()) {
      if (isDeep(pattern)) this.#deep.push({ pattern, strength });
      else this.#add(pattern, strength);
    }
  }

  /** The index of the strongest pattern that matches, or -1. */
  best(path: string): number {
    const best = visit(this.#root, path, 0, -1);
    if (this.#deep.length === 0) return best;
    const deep = this.#deep.findLast(({ pattern }) => matchesDeep(pattern, path));
    return Math.max(best, deep?.strength ?? -1);
  }

  /** The indexes of all patterns that match, in no order. */
  all(path: string): number[] {
    const found: number[] = [];
    collect(this.#root, path, 0, found);
    for (const { pattern, strength } of this.#deep) if (matchesDeep(pattern, path)) found.push(strength);
    return found;
  }

  #add(pattern: Pattern, strength: number): void {
    const open = pattern.kind === "prefix" || pattern.text.endsWith("*");
    const body = pattern.kind === "segment" && open ? pattern.text.slice(0, -1) : pattern.text;
    const segments = body.split("/");
    const tail = open ? (segments.pop() as string) : undefined;
    let node = this.#root;
    node.strongest = Math.max(node.strongest, strength);
    for (const segment of segments) {
      // In a prefix pattern a + is a letter like any other.
      if (segment === "+" && pattern.kind === "segment") {
        node.plus ??= newNode();
        node = node.plus;
      } else {
        node.literals ??= new Map();
        let next = node.literals.get(segment);
        if (!next) {
          next = newNode();
          node.literals.set(segment, next);
        }
        node = next;
      }
      node.strongest = Math.max(node.strongest, strength);
    }
    if (tail === undefined) node.end = strength;
    else addTail(node, tail, strength);
  }
}

function newNode(): TrieNode {
  return {
    literals: undefined,
    plus: undefined,
    end: -1,
    tails: undefined,
    tailLengths: undefined,
    strongest: -1,
  };
}

function addTail(node: TrieNode, tail: string, strength: number): void {
  node.tails ??= new Map();
  node.tails.set(tail, Math.max(strength, node.tails.get(tail) ?? -1));
  node.tailLengths ??= [];
  if (!node.tailLengths.includes(tail.length)) {
    node.tailLengths.push(tail.length);
  }
}

/** The strongest match under a node for the segments from `start` on, if it is stronger than `best`. */
function visit(node: TrieNode, path: string, start: number, best: number): number {
  const slash = path.indexOf("/", start);
  const last = slash < 0;
  const segment = last ? path.slice(start) : path.slice(start, slash);
  let found = best;
  const literal = node.literals?.get(segment);
  if (literal !== undefined && literal.strongest > found) {
    if (!last) found = visit(literal, path, slash + 1, found);
    else if (literal.end > found) found = literal.end;
  }
  const plus = node.plus;
  if (plus !== undefined && plus.strongest > found) {
    if (!last) found = visit(plus, path, slash + 1, found);
    else if (plus.end > found) found = plus.end;
  }
  const tails = node.tails;
  if (tails !== undefined) {
    for (const length of node.tailLengths as number[]) {
      if (length > segment.length) continue;
      const strength = tails.get(length === segment.length ? segment : segment.slice(0, length));
      // A longer text is no stronger by itself: a literal + in a pattern of segments weakens it.
      if (strength !== undefined && strength > found) found = strength;
    }
  }
  return found;
}

function collect(node: TrieNode, path: string, start: number, found: number[]): void {
  const slash = path.indexOf("/", start);
  const last = slash < 0;
  const segment = last ? path.slice(start) : path.slice(start, slash);
  for (const next of [node.literals?.get(segment), node.plus]) {
    if (!next) continue;
    if (!last) collect(next, path, slash + 1, found);
    else if (next.end >= 0) found.push(next.end);
  }
  for (const length of node.tailLengths ?? []) {
    const strength = length <= segment.length ? node.tails?.get(segment.slice(0, length)) : undefined;
    if (strength !== undefined) found.push(strength);
  }
}
