import type { AccessList } from "../../../policies/semantics/access-list";
import type { Row } from "./row";
import { firstFrom } from "./sorted";

interface RowPath {
  readonly path: string;
  readonly row: number;
}

/**
 * Finds the rows that a list can have a say in without asking it about each: by what stands before the first wildcard of
 * its rules. Never misses one; may name rows of which nothing is granted.
 */
export class Candidates {
  /** API paths in order, each with its row: all that it needs, on either side. */
  readonly #paths: readonly RowPath[];

  constructor(rows: readonly Row[]) {
    const paths: { path: string; row: number }[] = [];
    for (const [row, { slots, needsBefore, needsAfter }] of rows.entries()) {
      const own = new Set<string>();
      for (const { parts } of slots) {
        for (const { id } of parts) {
          for (const { path } of needsAfter(id)) own.add(path);
          if (needsBefore === needsAfter) continue;
          for (const { path } of needsBefore(id)) own.add(path);
        }
      }
      for (const path of own) paths.push({ path, row });
    }
    this.#paths = paths.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** Indexes of rows, in order. */
  of(lists: readonly AccessList[], rowCount: number): number[] {
    if (lists.some((list) => list.isRoot)) return Array.from({ length: rowCount }, (_, index) => index);
    const heads = new Set<string>();
    for (const list of lists) {
      for (const { pattern } of list.rules()) heads.add(headOf(pattern.text, pattern.kind === "segment"));
      for (const { merged } of list.uncertain) heads.add(merged.pattern.text.split(/[\0+]/)[0] ?? "");
    }
    const found = new Set<number>();
    for (const head of withoutCovered(heads)) {
      for (let at = firstFrom(this.#paths, head, pathOf); this.#paths[at]?.path.startsWith(head); at++) {
        found.add((this.#paths[at] as { row: number }).row);
      }
    }
    return [...found].sort((a, b) => a - b);
  }
}

function pathOf({ path }: RowPath): string {
  return path;
}

/** What every path begins with that the pattern matches. A list of `a/` also asks the rules for `a`. */
function headOf(text: string, hasSegments: boolean): string {
  return hasSegments ? text.slice(0, text.indexOf("+")) : text;
}

/** A text that begins with another one of them finds nothing more. */
function withoutCovered(heads: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (const head of [...heads].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !head.startsWith(last)) kept.push(head);
  }
  return kept;
}
