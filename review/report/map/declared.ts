import { PatternTrie } from "../../../policies/semantics/pattern-trie";
import { patternFor } from "../../../policies/semantics/rank";
import type { Below } from "./below-mount";
import { firstFrom } from "./sorted";

/** The addresses of declared secrets and families, to be asked whether a rule is about any of them. */
export class Declared {
  readonly #sorted: readonly string[];
  readonly #families: PatternTrie;

  /** @param addresses mount and path; `+` for the parameters of a family */
  constructor(addresses: Iterable<string>) {
    this.#sorted = [...addresses].sort();
    const patterns = this.#sorted
      .filter((address) => address.includes("+"))
      .map((address) => patternFor(address));
    this.#families = new PatternTrie(patterns.filter(({ kind }) => kind !== "exact"));
  }

  /** Whether a declared secret lies in what the pattern covers, or the path in a declared family. */
  touches({ mount, path }: Below): boolean {
    const pattern = patternFor(mount.path + path);
    if (pattern.kind === "exact") return this.#families.best(pattern.text) >= 0;
    const head = pattern.kind === "prefix" ? pattern.text : pattern.text.slice(0, pattern.text.indexOf("+"));
    const inside = new PatternTrie([pattern]);
    for (let at = firstFrom(this.#sorted, head, String); this.#sorted[at]?.startsWith(head); at++) {
      if (inside.best(this.#sorted[at] as string) >= 0) return true;
    }
    return false;
  }
}
