import { EVERYTHING, type Filter } from "../map/filter";
import { type Link, readLink, writeLink } from "../map/link";
import type { Matrix } from "../map/matrix";

/** What the panel is about: a cell, a whole row or a whole column, by indexes of the matrix. */
export type Subject =
  | { readonly kind: "cell"; readonly row: number; readonly column: number }
  | { readonly kind: "row"; readonly row: number }
  | { readonly kind: "column"; readonly column: number };

export interface State {
  readonly view: string;
  readonly filter: Filter;
  readonly side: Link["side"];
  readonly subject: Subject | undefined;
}

type Listener = (state: State, changed: ReadonlySet<keyof State>) => void;

/** What is looked at; kept in the address, so that it can be sent to somebody else. */
export class Store {
  #state: State;
  readonly #listeners: Listener[] = [];

  constructor(
    readonly matrix: Matrix,
    readonly views: readonly string[],
    initial: Pick<State, "view" | "filter">,
  ) {
    const asked = location.hash.length > 1 ? this.#fromLink() : {};
    this.#state = { side: "both", subject: undefined, ...initial, ...asked };
    addEventListener("hashchange", () => this.set(this.#fromLink()));
  }

  get state(): State {
    return this.#state;
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  set(next: Partial<State>): void {
    const changed = new Set<keyof State>();
    for (const key of Object.keys(next) as (keyof State)[]) {
      if (JSON.stringify(this.#state[key]) !== JSON.stringify(next[key])) changed.add(key);
    }
    if (changed.size === 0) return;
    this.#state = { ...this.#state, ...next };
    history.replaceState(null, "", this.#link());
    for (const listener of this.#listeners) listener(this.#state, changed);
  }

  filter(part: Partial<Filter>): void {
    this.set({ filter: { ...this.#state.filter, ...part } });
  }

  clearFilter(): void {
    this.set({ filter: EVERYTHING });
  }

  #link(): string {
    const { view, filter, side, subject } = this.#state;
    const cell = subject?.kind === "cell" ? this.#address(subject.row, subject.column) : undefined;
    return writeLink({ view, filter, side, ...(cell ? { cell } : {}) });
  }

  #address(row: number, column: number): Link["cell"] {
    return { row: this.matrix.rows[row]?.key ?? "", column: this.matrix.columns[column]?.key ?? "" };
  }

  #fromLink(): Partial<State> {
    const { view, filter, side, cell } = readLink(location.hash, this.views);
    const row = this.matrix.rows.findIndex(({ key }) => key === cell?.row);
    const column = this.matrix.columns.findIndex(({ principals }) =>
      principals.some(({ name }) => name === cell?.column),
    );
    return {
      filter,
      side: side ?? "both",
      subject: row >= 0 && column >= 0 ? { kind: "cell", row, column } : undefined,
      ...(view === undefined ? {} : { view }),
    };
  }
}
