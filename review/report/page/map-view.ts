import { applyFilter, EVERYTHING, type Filter, type View } from "../map/filter";
import type { Matrix } from "../map/matrix";
import { type Suggestion, suggestionsFor } from "../map/suggest";
import { count, h } from "./dom";
import { Grid } from "./grid";
import type { GridSize } from "./grid-canvas";
import { legend } from "./legend";
import { paperView } from "./paper";
import type { State, Store } from "./state";
import { clearButton, toolbar } from "./toolbar";

/** The map with its questions, and how much of it an answer is. */
export class MapView {
  readonly element: HTMLElement;
  readonly grid: Grid;
  readonly #count = h("p", { class: "count", role: "status" });
  readonly #paper = h("div");
  readonly #suggestions = h("p", { class: "suggestions" });
  readonly #empty = h(
    "div",
    { class: "empty", hidden: true },
    h("p", {}, "Nothing answers to all of this."),
    this.#suggestions,
  );
  #view: View | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  #fresh = true;

  constructor(
    readonly matrix: Matrix,
    readonly store: Store,
  ) {
    this.grid = new Grid(matrix, sizeOfGrid, (subject) => store.set({ subject }));
    const help = h(
      "p",
      { id: "grid-help", class: "spoken" },
      "Arrow keys move between cells, Enter tells why, Escape comes back.",
    );
    this.element = h(
      "div",
      { class: "map" },
      toolbar(store, matrix),
      h(
        "div",
        { class: "bar" },
        this.#count,
        clearButton(store),
        matrix.before && this.#sides(),
        legend(matrix.before !== undefined),
      ),
      help,
      this.#empty,
      this.grid.element,
      this.#paper,
    );
    store.onChange(({ view }, changed) => {
      const isStale = this.#view === undefined || changed.has("filter") || changed.has("side");
      if (view === "map" && isStale) this.#show();
      else if (changed.has("filter")) this.#view = undefined;
    });
  }

  /** Works out what the map shows at first when it is first shown: what changed, if that was not asked otherwise. */
  start(): void {
    if (this.store.state.view === "map") this.#show();
  }

  /** On paper everything is there, also what nobody has looked at. */
  onPaper(on: boolean): void {
    if (on && this.#view === undefined) this.#show();
    const { side } = this.store.state;
    this.#paper.replaceChildren(...(on && this.#view ? [paperView(this.matrix, this.#view, side)] : []));
  }

  #show(): void {
    if (this.#view === undefined && this.#asksForChanges()) {
      this.store.filter({ show: "changed" });
      // Where the map is in sight, the change of the filter has shown it.
      if (this.#view !== undefined) return;
    }
    const { filter, side } = this.store.state;
    const view = applyFilter(this.matrix, filter);
    this.#view = view;
    this.grid.show(view, side, JSON.stringify(filter) !== JSON.stringify(EVERYTHING));
    this.#count.textContent = this.#countText(view);
    this.#empty.hidden = view.rows.length > 0 && view.columns.length > 0;
    this.grid.element.hidden = !this.#empty.hidden;
    this.#suggestLater(filter);
  }

  /** On a large map it takes longer to find what else may have been meant than to say that there is nothing: that is shown first. */
  #suggestLater(filter: Filter): void {
    clearTimeout(this.#later);
    this.#suggest([]);
    if (!this.#empty.hidden)
      this.#later = setTimeout(() => this.#suggest(suggestionsFor(this.matrix, filter)), 150);
  }

  #suggest(suggestions: readonly Suggestion[]): void {
    this.#suggestions.replaceChildren(
      ...suggestions.map(({ words, filter }) =>
        h("button", { type: "button", class: "quiet", click: () => this.#ask(filter) }, words),
      ),
    );
  }

  /** The button that was pressed is gone with the answer: the focus goes on to the map. */
  #ask(filter: Partial<Filter>): void {
    this.store.filter(filter);
    if (!this.grid.element.hidden) this.grid.focus();
  }

  /** A reviewer comes for what changed, unless a link or a word typed says otherwise. */
  #asksForChanges(): boolean {
    const fresh = this.#fresh && this.matrix.before !== undefined && this.store.state.filter === EVERYTHING;
    this.#fresh = false;
    return fresh && this.matrix.columns.some((_, column) => this.matrix.changed(column).length > 0);
  }

  #countText({ rows, columns, cells }: View): string {
    const people = (indexes: readonly number[]): number =>
      indexes.reduce((sum, index) => sum + (this.matrix.columns[index]?.principals.length ?? 0), 0);
    const all = this.matrix.columns.map((_, index) => index);
    const part = (shown: number, total: number, one: string, many?: string): string =>
      shown === total
        ? count(total, one, many)
        : `${shown.toLocaleString("en")} of ${count(total, one, many)}`;
    const texts = [
      part(rows.length, this.matrix.rows.length, "row"),
      part(people(columns), people(all), "principal"),
      ...(cells === undefined ? [] : [count(cells, "match", "matches")]),
    ];
    return texts.join(" · ");
  }

  #sides(): HTMLElement {
    const sides: readonly (readonly [State["side"], string])[] = [
      ["both", "Change"],
      ["before", "Before"],
      ["after", "After"],
    ];
    const buttons = sides.map(([side, text]) =>
      h("button", { type: "button", click: () => this.store.set({ side }), "data-side": side }, text),
    );
    const press = (): void => {
      for (const button of buttons)
        button.setAttribute("aria-pressed", String(button.dataset.side === this.store.state.side));
    };
    this.store.onChange(press);
    press();
    return h("div", { class: "sides", role: "group", "aria-label": "Cells tell of" }, ...buttons);
  }
}

/** The same figures as in style.css. Where there is little room, headings of rows leave most of it to the cells. */
function sizeOfGrid(isDense: boolean, width: number): GridSize {
  const first = width < 640 ? 150 : Math.min(344, Math.round(width / 4));
  return { row: 32, head: 68, column: isDense ? 138 : 168, first };
}
