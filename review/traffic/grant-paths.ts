import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { patternFor } from "../../policies/semantics/rank";
import type { RevisionGrant } from "../model";

/** What was used of the API paths that a principal's grants name: no more is kept than there are such paths. */
export class GrantPaths {
  readonly #exact = new Map<string, number>();
  readonly #families = new Map<string, { readonly matches: PatternTrie; used: number }>();

  constructor(grants: readonly RevisionGrant[]) {
    for (const { path } of grants.flatMap(({ needs }) => needs)) {
      const pattern = patternFor(path);
      if (pattern.kind === "exact") this.#exact.set(path, 0);
      else this.#families.set(path, { matches: new PatternTrie([pattern]), used: 0 });
    }
  }

  /** @param bits capabilities that a request used on a path; that of a list ends in a slash */
  mark(path: string, bits: number): void {
    const used = this.#exact.get(path);
    if (used !== undefined) this.#exact.set(path, used | bits);
    for (const family of this.#families.values()) if (family.matches.best(path) >= 0) family.used |= bits;
  }

  /** @param path as a grant names it */
  used(path: string): number {
    return this.#exact.get(path) ?? this.#families.get(path)?.used ?? 0;
  }
}
