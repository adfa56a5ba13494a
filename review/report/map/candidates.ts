import type { Row } from "./row";
import { firstFrom } from "./sorted";

interface RowPath {
  readonly path: string;
  readonly row: number;
}

/** Finds rows by what the paths begin with that they ask for. */
export class Candidates {
  readonly #paths: readonly RowPath[];

  constructor(rows: readonly Row[]) {
    const paths: RowPath[] = [];
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

  /** Indexes of the rows that ask for a path that begins with any of these, in order. */
  beginning(heads: Iterable<string>): number[] {
    const found = new Set<number>();
    for (const head of withoutCovered(heads)) {
      for (let at = firstFrom(this.#paths, head, pathOf); this.#paths[at]?.path.startsWith(head); at++) {
        found.add((this.#paths[at] as RowPath).row);
      }
    }
    return [...found].sort((a, b) => a - b);
  }
}

function pathOf({ path }: RowPath): string {
  return path;
}

/** A text that begins with another one of them finds nothing more. */
function withoutCovered(heads: Iterable<string>): string[] {
  const kept: string[] = [];
  for (const head of [...heads].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !head.startsWith(last)) kept.push(head);
  }
  return kept;
}
