import type { Pattern } from "../semantics/rank";

/** What a walk over the classes of paths is told. */
export interface CoverOptions {
  /** Which patterns matter: classes that none of them can match are left out. @default all */
  readonly focus?: ReadonlySet<number>;
  /** The most paths to give. @default 200,000 */
  readonly budget?: number;
}

/** Deeper than any API has paths: where patterns go on, the walk does not, and says that it is not complete. */
const MAX_DEPTH = 500;

interface Node {
  readonly id: number;
  readonly literals: Map<string, Node>;
  plus: Node | undefined;
  /** Patterns that end here. */
  readonly ends: number[];
  /** Patterns that go on with anything beginning with a text. */
  readonly tails: Map<string, number[]>;
  /** Whether a pattern that matters is here or below. */
  focused: boolean;
}

/**
 * Paths that cover every case: whichever patterns a path and the same path without its last slash match, some path given
 * here matches exactly those. So what holds for all of these holds for all paths.
 *
 * The walk goes segment by segment. At each point it tries every text that some pattern waits for, a fresh text, and the
 * empty one; a point that was reached before (same patterns still open, same patterns satisfied) is not walked again.
 * @returns false when the budget ran out before everything was covered, or a pattern has more than 500 segments
 */
export function coverPaths(
  patterns: readonly Pattern[],
  visit: (path: string) => void,
  options: CoverOptions = {},
): boolean {
  return new Walk(patterns, visit, options).run();
}

class Walk {
  readonly #root: Node;
  readonly #seen = new Set<string>();
  readonly #focus: ReadonlySet<number> | undefined;
  #left: number;
  #tooDeep = false;
  #nodes = 0;

  constructor(
    patterns: readonly Pattern[],
    readonly visit: (path: string) => void,
    options: CoverOptions,
  ) {
    this.#focus = options.focus;
    this.#left = options.budget ?? 200_000;
    this.#root = this.#node();
    for (const [index, pattern] of patterns.entries()) this.#add(pattern, index);
  }

  run(): boolean {
    if (this.#root.focused) {
      // What engines make of it is the empty path, which is the only one whose slash is not there to be taken off.
      this.visit("/");
      this.#expand([this.#root], [], undefined, 1);
    }
    return this.#left > 0 && !this.#tooDeep;
  }

  #node(): Node {
    return {
      id: this.#nodes++,
      literals: new Map(),
      plus: undefined,
      ends: [],
      tails: new Map(),
      focused: false,
    };
  }

  #add(pattern: Pattern, index: number): void {
    const focused = this.#focus?.has(index) ?? true;
    const open = pattern.kind === "prefix" || (pattern.kind === "segment" && pattern.text.endsWith("*"));
    const body = open && pattern.kind === "segment" ? pattern.text.slice(0, -1) : pattern.text;
    const segments = body.split("/");
    const tail = open ? (segments.pop() as string) : undefined;
    let node = this.#root;
    if (focused) node.focused = true;
    const deep = segments.length > MAX_DEPTH;
    for (const segment of deep ? segments.slice(0, MAX_DEPTH + 1) : segments) {
      let next: Node | undefined;
      if (segment === "+" && pattern.kind === "segment") {
        node.plus ??= this.#node();
        next = node.plus;
      } else {
        next = node.literals.get(segment) ?? this.#node();
        node.literals.set(segment, next);
      }
      node = next;
      if (focused) node.focused = true;
    }
    if (deep) return;
    if (tail === undefined) node.ends.push(index);
    else node.tails.set(tail, [...(node.tails.get(tail) ?? []), index]);
  }

  /** Goes one segment further in every way that makes a difference. */
  #expand(
    nodes: readonly Node[],
    satisfied: readonly number[],
    path: string | undefined,
    depth: number,
  ): void {
    if (depth > MAX_DEPTH) {
      this.#tooDeep = true;
      return;
    }
    for (const segment of nextSegments(nodes)) {
      if (this.#left <= 0) return;
      const next: Node[] = [];
      let after = satisfied;
      for (const node of nodes) {
        const literal = node.literals.get(segment);
        if (literal) next.push(literal);
        if (node.plus) next.push(node.plus);
        for (const [tail, indexes] of node.tails)
          if (segment.startsWith(tail)) after = [...after, ...indexes];
      }
      this.#arrive(next, after, path === undefined ? segment : `${path}/${segment}`, depth);
    }
  }

  #arrive(nodes: readonly Node[], satisfied: readonly number[], path: string, depth: number): void {
    const focus = this.#focus;
    if (focus && !nodes.some((node) => node.focused) && !satisfied.some((index) => focus.has(index))) return;
    const key = `${nodes.map((node) => node.id).join()}|${satisfied.toSorted((a, b) => a - b).join()}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#left -= 2;
    if (this.#left < 0) return;
    this.visit(path);
    this.visit(`${path}/`);
    if (nodes.length > 0) this.#expand(nodes, satisfied, path, depth + 1);
  }
}

/** Every text of a segment that some pattern treats differently from the others, readable ones first. */
function nextSegments(nodes: readonly Node[]): Set<string> {
  const literals = new Set<string>();
  const tails = new Set<string>([""]);
  for (const node of nodes) {
    for (const literal of node.literals.keys()) literals.add(literal);
    for (const tail of node.tails.keys()) tails.add(tail);
  }
  const segments = new Set<string>();
  for (const tail of tails) segments.add(freshSegment(tail, literals, tails));
  for (const literal of literals) segments.add(literal);
  segments.add("");
  return segments;
}

const FRESH = ["x", "y", "z", "w", "0", "1", "other", "~"];

/** A text that begins with `head`, is no literal, and begins with no longer tail. */
function freshSegment(head: string, literals: ReadonlySet<string>, tails: ReadonlySet<string>): string {
  for (let round = 0; ; round++) {
    for (const ending of FRESH) {
      const text = head + ending + (round === 0 ? "" : round);
      if (!literals.has(text) && !extendsLonger(text, head, tails)) return text;
    }
    // Patterns that wait for every readable character leave only the unreadable ones.
    const odd = head + String.fromCharCode(0x4e00 + round);
    if (!literals.has(odd) && !extendsLonger(odd, head, tails)) return odd;
  }
}

function extendsLonger(text: string, head: string, tails: ReadonlySet<string>): boolean {
  for (let length = head.length + 1; length <= text.length; length++)
    if (tails.has(text.slice(0, length))) return true;
  return false;
}
