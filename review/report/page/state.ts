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
  /** Words that findings are searched for. */
  readonly find: string;
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
    readonly initial: Pick<State, "view" | "filter">,
  ) {
    const asked = location.hash.length > 1 ? this.#fromLink() : {};
    this.#state = { side: "both", find: "", subject: undefined, ...initial, ...asked };
    addEventListener("hashchange", () => this.#follow({ view: initial.view, ...this.#fromLink() }));
  }

  get state(): State {
    return this.#state;
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Goes to a state. Another view is a step that the browser's own "back" takes back. */
  set(next: Partial<State>): void {
    const changed = this.#take(next);
    if (changed.size === 0) return;
    if (changed.has("view")) history.pushState(null, "", this.#link());
    else history.replaceState(null, "", this.#link());
    this.#tell(changed);
  }

  #take(next: Partial<State>): ReadonlySet<keyof State> {
    const changed = new Set<keyof State>();
    for (const key of Object.keys(next) as (keyof State)[]) {
      if (JSON.stringify(this.#state[key]) !== JSON.stringify(next[key])) changed.add(key);
    }
    this.#state = { ...this.#state, ...next };
    return changed;
  }

  /** Goes where the address leads. What the map was asked stays for whoever comes back to it. */
  #follow(asked: Partial<State>): void {
    const { view, find = "", subject } = asked;
    this.#tell(this.#take(view === "map" || view === undefined ? asked : { view, find, subject }));
  }

  #tell(changed: ReadonlySet<keyof State>): void {
    if (changed.size === 0) return;
    for (const listener of this.#listeners) listener(this.#state, changed);
  }

  filter(part: Partial<Filter>): void {
    this.set({ filter: { ...this.#state.filter, ...part } });
  }

  clearFilter(): void {
    this.set({ filter: EVERYTHING });
  }

  #link(): string {
    const { view, filter, find, side, subject } = this.#state;
    return writeLink({ view, filter, find, side, ...(subject ? { subject: this.#address(subject) } : {}) });
  }

  #address(subject: Subject): NonNullable<Link["subject"]> {
    const row = "row" in subject ? this.matrix.rows[subject.row]?.key : undefined;
    const column = "column" in subject ? this.matrix.columns[subject.column]?.key : undefined;
    return { ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) };
  }

  #fromLink(): Partial<State> {
    const { view, filter, find, side, subject } = readLink(location.hash, this.views);
    return {
      filter,
      find: find ?? "",
      side: side ?? "both",
      subject: subject && this.#subjectAt(subject),
      ...(view === undefined ? {} : { view }),
    };
  }

  /** What an address names, if it is in this map. */
  #subjectAt(address: NonNullable<Link["subject"]>): Subject | undefined {
    const row = this.matrix.rows.findIndex(({ key }) => key === address.row);
    const column = this.matrix.columns.findIndex(({ principals }) =>
      principals.some(({ name }) => name === address.column),
    );
    if (address.row !== undefined && address.column !== undefined)
      return row >= 0 && column >= 0 ? { kind: "cell", row, column } : undefined;
    if (row >= 0) return { kind: "row", row };
    return column >= 0 ? { kind: "column", column } : undefined;
  }
}
