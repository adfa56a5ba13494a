import { toBits } from "../capability";
import type { AccessList } from "../semantics/access-list";
import { type Pattern, patternFor } from "../semantics/rank";
import type { Forbidden } from "./guardrail";

interface Entry {
  /** What every path that the rule matches begins with, without slashes at its ends. */
  readonly literal: string;
  readonly list: AccessList;
  readonly bits: number;
}

/**
 * Finds the access lists that could grant something in a region, so that thousands of principals are not asked about each of
 * thousands of regions. It may name one too many and never one too few: what paths begin with is all that it looks at, and
 * slashes at the ends count for nothing, because listing `a/` can be decided by a rule for `a`.
 */
export class RuleIndex {
  /** Sorted by their literals. */
  readonly #entries: readonly Entry[];
  /** Those that match more than one path, by literal. */
  readonly #open = new Map<string, Entry[]>();
  readonly #openLengths: readonly number[];
  /** Those of which nobody can tell where they match. */
  readonly #anywhere: Entry[] = [];

  constructor(lists: Iterable<AccessList>) {
    const entries: Entry[] = [];
    for (const list of lists) {
      if (list.dialect.inexact !== undefined) this.#anywhere.push({ literal: "", list, bits: ALL });
      for (const { merged } of list.uncertain) this.#anywhere.push({ literal: "", list, bits: merged.bits });
      for (const { pattern, bits } of list.rules()) {
        const entry = { literal: literalOf(pattern), list, bits };
        entries.push(entry);
        if (pattern.kind === "exact") continue;
        const same = this.#open.get(entry.literal);
        if (same) same.push(entry);
        else this.#open.set(entry.literal, [entry]);
      }
    }
    this.#entries = entries.sort((a, b) => (a.literal < b.literal ? -1 : a.literal > b.literal ? 1 : 0));
    this.#openLengths = [...new Set([...this.#open.keys()].map(({ length }) => length))];
  }

  listsNear({ region, capabilities }: Forbidden): Set<AccessList> {
    const wanted = toBits(capabilities);
    const found = new Set<AccessList>();
    const take = (entry: Entry): void => {
      if ((entry.bits & wanted) !== 0) found.add(entry.list);
    };
    for (const entry of this.#anywhere) take(entry);
    const pattern = patternFor(region);
    const literal = literalOf(pattern);
    for (let at = this.#firstFrom(literal); at < this.#entries.length; at++) {
      const entry = this.#entries[at] as Entry;
      const inside = pattern.kind === "exact" ? entry.literal === literal : entry.literal.startsWith(literal);
      if (!inside) break;
      take(entry);
    }
    for (const length of this.#openLengths) {
      if (length < literal.length) this.#open.get(literal.slice(0, length))?.forEach(take);
    }
    return found;
  }

  /** The place of the first entry that is not before `literal`. */
  #firstFrom(literal: string): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle] as Entry).literal < literal) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const ALL = -1;

function literalOf({ kind, text }: Pattern): string {
  const literal = kind === "segment" ? text.slice(0, text.indexOf("+")) : text;
  return literal.replace(/^\/+|\/+$/g, "");
}
