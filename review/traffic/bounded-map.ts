/**
 * A map that forgets what was not asked for lately: what can be found out again may be forgotten, and memory stays
 * bounded. It keeps two generations and drops the older one whole, because to take single keys out of a large Map again
 * and again is slow.
 */
export class BoundedMap<Key, Value> {
  #young = new Map<Key, Value>();
  #old = new Map<Key, Value>();

  /** @param most of both generations together */
  constructor(private readonly most: number) {}

  get(key: Key): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const older = this.#old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: Key, value: Value): void {
    if (this.#young.size >= this.most / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
