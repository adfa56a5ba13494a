import { PatternTrie } from "../../../policies/semantics/pattern-trie";
import { byStrength, patternFor } from "../../../policies/semantics/rank";
import { firstFrom } from "./sorted";

/** The addresses of declared secrets and families, to be asked what a rule has to do with them. */
export class Declared {
  readonly #sorted: readonly string[];
  readonly #families: readonly string[];
  readonly #trie: PatternTrie;

  /** @param addresses mount and path; `+` for the parameters of a family */
  constructor(addresses: Iterable<string>) {
    this.#sorted = [...addresses].sort();
    this.#families = byStrength(
      this.#sorted.filter((address) => patternFor(address).kind === "segment"),
      (address) => patternFor(address),
    );
    this.#trie = new PatternTrie(this.#families.map((address) => patternFor(address)));
  }

  /** Whether what the pattern covers has a declared secret in it: the pattern then shows in that secret's row. */
  isIn(address: string): boolean {
    const pattern = patternFor(address);
    if (pattern.kind === "exact") return false;
    const head = pattern.kind === "prefix" ? pattern.text : pattern.text.slice(0, pattern.text.indexOf("+"));
    const inside = new PatternTrie([pattern]);
    for (let at = firstFrom(this.#sorted, head, String); this.#sorted[at]?.startsWith(head); at++) {
      if (inside.best(this.#sorted[at] as string) >= 0) return true;
    }
    return false;
  }

  /** The family that has this path as a member. @returns its address */
  familyOf(path: string): string | undefined {
    return this.#families[this.#trie.best(path)];
  }
}
