import { toBits } from "../capability";
import type { AccessList } from "../semantics/access-list";
import { literalOf } from "../semantics/literal";
import { type Pattern, patternFor } from "../semantics/rank";
import type { Forbidden } from "./guardrail";

interface Entry {
  /** What every path that the rule matches begins with, without slashes at its ends. */
  readonly literal: string;
  /** Whether it matches more than one path. */
  readonly open: boolean;
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
  /** Those of which nobody can tell where they match. */
  readonly #anywhere: readonly Pick<Entry, "list" | "bits">[];
  /** By the capabilities that are asked for: guardrails ask for the same few over and over. */
  readonly #granting = new Map<number, GrantingRules>();

  constructor(lists: Iterable<AccessList>) {
    const entries: Entry[] = [];
    const anywhere: Pick<Entry, "list" | "bits">[] = [];
    for (const list of lists) {
      if (list.dialect.inexact !== undefined) anywhere.push({ list, bits: EVERYTHING });
      for (const { merged } of list.uncertain) anywhere.push({ list, bits: merged.bits });
      for (const { pattern, bits } of list.rules()) {
        entries.push({ literal: literalOf(pattern), open: pattern.kind !== "exact", list, bits });
      }
    }
    this.#entries = entries.sort((a, b) => (a.literal < b.literal ? -1 : a.literal > b.literal ? 1 : 0));
    this.#anywhere = anywhere;
  }

  listsNear({ region, capabilities }: Forbidden): ReadonlySet<AccessList> {
    const wanted = toBits(capabilities);
    let granting = this.#granting.get(wanted);
    if (!granting) {
      const grants = ({ bits }: { readonly bits: number }) => (bits & wanted) !== 0;
      const everywhere = this.#anywhere.filter(grants).map(({ list }) => list);
      granting = new GrantingRules(this.#entries.filter(grants), everywhere);
      this.#granting.set(wanted, granting);
    }
    return granting.near(patternFor(region));
  }
}

/** The rules that grant one of a set of capabilities. */
class GrantingRules {
  /** Those that match more than one path, by literal. */
  readonly #open = new Map<string, Entry[]>();
  readonly #openLengths: readonly number[];

  constructor(
    readonly entries: readonly Entry[],
    readonly everywhere: readonly AccessList[],
  ) {
    for (const entry of entries.filter(({ open }) => open)) {
      const same = this.#open.get(entry.literal);
      if (same) same.push(entry);
      else this.#open.set(entry.literal, [entry]);
    }
    this.#openLengths = [...new Set([...this.#open.keys()].map(({ length }) => length))];
  }

  near(region: Pattern): ReadonlySet<AccessList> {
    const found = new Set(this.everywhere);
    const literal = literalOf(region);
    for (let at = this.#firstFrom(literal); at < this.entries.length; at++) {
      const entry = this.entries[at] as Entry;
      if (region.kind === "exact" ? entry.literal !== literal : !entry.literal.startsWith(literal)) break;
      found.add(entry.list);
    }
    for (const length of this.#openLengths) {
      if (length >= literal.length) continue;
      for (const { list } of this.#open.get(literal.slice(0, length)) ?? []) found.add(list);
    }
    return found;
  }

  /** The place of the first entry that is not before `literal`. */
  #firstFrom(literal: string): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle] as Entry).literal < literal) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const EVERYTHING = -1;
