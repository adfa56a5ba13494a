/** Keeps equal values once: two revisions of one project have nearly everything in common. */
export class Pool<T> {
  readonly #indexes = new Map<string, number>();
  readonly values: T[] = [];

  /** The index of the value, or of one that is equal to it. */
  add(value: T): number {
    const key = JSON.stringify(value);
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }
}
