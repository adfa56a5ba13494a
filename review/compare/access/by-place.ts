import { firstAtLeast } from "./secret-names";

interface Ranked<T> {
  readonly each: T;
  /** Among all that were given. */
  readonly rank: number;
}

/** Things at places, of which those that begin alike are found without looking at all others. */
export class ByPlace<T extends { readonly place: string }> {
  readonly #sorted: readonly Ranked<T>[];
  readonly #places: readonly string[];

  constructor(all: readonly T[]) {
    this.#sorted = all
      .map((each, rank) => ({ each, rank }))
      .sort((a, b) => (a.each.place < b.each.place ? -1 : a.each.place > b.each.place ? 1 : 0));
    this.#places = this.#sorted.map(({ each }) => each.place);
  }

  /** Those whose place begins with a text, in the order in which they were given. */
  below(head: string): T[] {
    const first = firstAtLeast(this.#places, head);
    let end = first;
    while (this.#places[end]?.startsWith(head)) end++;
    return this.#sorted
      .slice(first, end)
      .sort((a, b) => a.rank - b.rank)
      .map(({ each }) => each);
  }
}
