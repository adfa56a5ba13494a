import type { Column } from "../map/columns";
import type { View } from "../map/filter";
import { moved, type Position } from "../map/keys";
import { type Line, linesOf } from "../map/lines";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { visible } from "../map/visible";
import { cellContent } from "./cell-view";
import { h } from "./dom";
import { columnHeading, groupHeading, rowHeading } from "./headings";
import type { State, Subject } from "./state";

/** Pixels; the style sheet is told of them. */
export interface GridSize {
  readonly row: number;
  readonly head: number;
  readonly column: number;
  readonly first: number;
}

interface LineView {
  readonly element: HTMLElement;
  readonly cells: Map<number, HTMLElement>;
}

/**
 * The grid of the map. Only what is on the screen is there, and the cell that has the focus; the pattern of keys and roles is
 * that of an ARIA data grid.
 */
export class Grid {
  readonly element: HTMLElement;
  readonly #canvas = h("div", { class: "canvas", role: "presentation" });
  readonly #open = new Map<string, boolean>();
  readonly #views = new Map<number, LineView>();
  #lines: readonly Line[] = [];
  #view: View = { rows: [], columns: [] };
  #side: State["side"] = "both";
  #active: Position = { row: 1, column: 1 };
  #subject: Extract<Subject, { kind: "cell" }> | undefined;
  #asked = false;
  /** Everything at once, for print. */
  #whole = false;

  constructor(
    readonly matrix: Matrix,
    readonly sizeOf: (isDense: boolean) => GridSize,
    readonly choose: (subject: Subject) => void,
  ) {
    this.element = h("div", {
      class: "grid",
      role: "grid",
      "aria-label": "Access map: secrets by principals",
      "aria-describedby": "grid-help",
    });
    this.element.append(this.#canvas);
    this.element.addEventListener("scroll", () => this.#soon(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#soon()).observe(this.element);
  }

  /** Without signs in front of the letters, columns are narrower. */
  #size(): GridSize {
    return this.sizeOf(this.#isDense);
  }

  get #isDense(): boolean {
    return this.matrix.before === undefined || this.#side !== "both";
  }

  /** Shows a view from its beginning, or the same place of it when only the side changes. */
  show(view: View, side: State["side"], isFiltered: boolean): void {
    this.#view = view;
    this.#side = side;
    this.#lines = linesOf(
      this.matrix,
      view.rows,
      (group) => this.#open.get(group) ?? (isFiltered || !group.startsWith("API")),
    );
    this.#active = this.#clamp(this.#active);
    this.#rebuild();
  }

  /** Scrolls a cell into sight and makes it the one that keys start from. @returns false when it is filtered away */
  reveal(row: number, column: number): boolean {
    const group = (this.matrix.rows[row] as Row).group;
    if (!this.#view.rows.includes(row) || !this.#view.columns.includes(column)) return false;
    if (!this.#lines.some((line) => line.kind === "row" && line.row === row)) this.#setOpen(group, true);
    const line = this.#lines.findIndex((each) => each.kind === "row" && each.row === row);
    this.#activate({ row: line + 1, column: this.#view.columns.indexOf(column) + 1 }, false);
    return true;
  }

  /** Marks the cell that is told of beside the grid. */
  mark(subject: Subject | undefined): void {
    this.#subject = subject?.kind === "cell" ? subject : undefined;
    for (const [row, { cells }] of this.#views) {
      for (const [column, cell] of cells) this.#select(cell, { row, column });
    }
  }

  #select(cell: HTMLElement, { row, column }: Position): void {
    const line = this.#lines[row - 1];
    const isRow = line?.kind === "row" && line.row === this.#subject?.row;
    if (isRow && this.#view.columns[column - 1] === this.#subject?.column) cell.ariaSelected = "true";
    else cell.ariaSelected = null;
  }

  focus(): void {
    this.#activate(this.#active, true);
  }

  /** Puts every row on the page, as far as paper has room, or goes back to what the screen shows. */
  whole(on: boolean): void {
    this.#whole = on;
    this.#rebuild();
  }

  redraw(): void {
    this.#rebuild();
  }

  #setOpen(group: string, open: boolean): void {
    this.#open.set(group, open);
    this.#lines = linesOf(this.matrix, this.#view.rows, (each) => {
      const line = this.#lines.find((other) => other.kind === "group" && other.group === each);
      return each === group ? open : line?.kind === "group" && line.open;
    });
    this.#rebuild();
  }

  #rebuild(): void {
    this.#canvas.replaceChildren();
    this.#views.clear();
    this.element.classList.toggle("dense", this.#isDense);
    const { row, head, column, first } = this.#size();
    this.element.setAttribute("aria-rowcount", String(this.#lines.length + 1));
    this.element.setAttribute("aria-colcount", String(this.#view.columns.length + 1));
    this.#canvas.style.width = `${first + this.#view.columns.length * column}px`;
    this.#canvas.style.height = `${head + this.#lines.length * row}px`;
    this.#draw();
  }

  #soon(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      this.#draw();
    });
  }

  /** Adds what came into sight and takes away what left it; what stays is not touched, so focus and reading place stay. */
  #draw(): void {
    const { row, head, column, first } = this.#size();
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.element;
    const lines = this.#whole
      ? { from: 0, to: Math.min(this.#lines.length, 400) }
      : visible(scrollTop, Math.max(0, clientHeight - head), row, this.#lines.length, 6);
    const across = this.#whole
      ? { from: 0, to: Math.min(this.#view.columns.length, 60) }
      : visible(scrollLeft, Math.max(0, clientWidth - first), column, this.#view.columns.length, 2);
    const wantedLines = new Set([0, this.#active.row]);
    for (let line = lines.from; line < lines.to; line++) wantedLines.add(line + 1);
    const wantedColumns = new Set([0, this.#active.column]);
    for (let at = across.from; at < across.to; at++) wantedColumns.add(at + 1);
    for (const [line, view] of this.#views) {
      if (wantedLines.has(line)) continue;
      view.element.remove();
      this.#views.delete(line);
    }
    for (const line of [...wantedLines].sort((a, b) => a - b)) {
      if (line <= this.#lines.length) this.#drawLine(line, wantedColumns);
    }
  }

  #drawLine(line: number, columns: ReadonlySet<number>): void {
    const view = this.#views.get(line) ?? this.#newLine(line);
    const isGroup = line > 0 && this.#lines[line - 1]?.kind === "group";
    const wanted = isGroup ? new Set([0]) : columns;
    for (const [column, cell] of view.cells) {
      if (wanted.has(column)) continue;
      cell.remove();
      view.cells.delete(column);
    }
    for (const column of [...wanted].sort((a, b) => a - b)) {
      if (column > this.#view.columns.length || view.cells.has(column)) continue;
      const cell = this.#newCell({ row: line, column });
      const next = [...view.cells.keys()].filter((each) => each > column).sort((a, b) => a - b)[0];
      view.element.insertBefore(cell, next === undefined ? null : (view.cells.get(next) as HTMLElement));
      view.cells.set(column, cell);
    }
  }

  #newLine(line: number): LineView {
    const { row, head } = this.#size();
    const group = line > 0 && this.#lines[line - 1]?.kind === "group";
    const kind = line === 0 ? "line head" : group ? "line group" : "line";
    const element = h("div", { class: kind, role: "row", "aria-rowindex": line + 1 });
    if (line > 0) element.style.transform = `translateY(${head + (line - 1) * row}px)`;
    const next = [...this.#views.keys()].filter((each) => each > line).sort((a, b) => a - b)[0];
    this.#canvas.insertBefore(
      element,
      next === undefined ? null : (this.#views.get(next) as LineView).element,
    );
    const view = { element, cells: new Map<number, HTMLElement>() };
    this.#views.set(line, view);
    return view;
  }

  #newCell(at: Position): HTMLElement {
    const element = this.#contentOf(at);
    const { column, first } = this.#size();
    element.setAttribute("aria-colindex", String(at.column + 1));
    element.tabIndex = at.row === this.#active.row && at.column === this.#activeColumn(at.row) ? 0 : -1;
    if (at.column > 0) element.style.left = `${first + (at.column - 1) * column}px`;
    this.#select(element, at);
    element.dataset.row = String(at.row);
    element.dataset.column = String(at.column);
    return element;
  }

  #contentOf({ row, column }: Position): HTMLElement {
    const at = this.#view.columns[column - 1] ?? -1;
    if (row === 0) {
      if (column === 0) return h("div", { class: "cell corner", role: "columnheader" }, "Secret");
      return columnHeading(this.matrix.columns[at] as Column);
    }
    const line = this.#lines[row - 1] as Line;
    if (line.kind === "group") return groupHeading(this.matrix, line);
    if (column === 0) return rowHeading(this.matrix.rows[line.row] as Row);
    const cell = this.matrix.cell(line.row, at);
    const compares = this.matrix.before !== undefined;
    const change =
      compares && this.#side === "both" && cell.change !== "same" ? ` changed-${cell.change}` : "";
    const doubtful = (this.matrix.columns[at] as Column).doubts.length > 0 ? " doubtful" : "";
    return h(
      "div",
      { class: `cell${change}${doubtful}`, role: "gridcell" },
      ...cellContent(cell, this.#side, compares),
    );
  }

  /** A heading of a group is one cell over all columns. */
  #activeColumn(row: number): number {
    return row > 0 && this.#lines[row - 1]?.kind === "group" ? 0 : this.#active.column;
  }

  #clamp({ row, column }: Position): Position {
    return { row: Math.min(row, this.#lines.length), column: Math.min(column, this.#view.columns.length) };
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#open_(this.#active);
      return;
    }
    const page = Math.max(
      1,
      Math.floor((this.element.clientHeight - this.#size().head) / this.#size().row) - 1,
    );
    const extent = { lastRow: this.#lines.length, lastColumn: this.#view.columns.length, page };
    const to = moved(this.#active, event.key, event.ctrlKey, extent);
    if (!to) return;
    event.preventDefault();
    this.#activate(to, true);
  }

  #click(event: MouseEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (!cell) return;
    const at = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    this.#activate(at, true);
    this.#open_(at);
  }

  #activate(at: Position, focus: boolean): void {
    const before = this.#elementAt(this.#active);
    if (before) before.tabIndex = -1;
    this.#active = this.#clamp(at);
    this.#scrollTo(this.#active);
    this.#draw();
    const element = this.#elementAt(this.#active);
    if (!element) return;
    element.tabIndex = 0;
    if (focus) element.focus({ preventScroll: true });
  }

  #elementAt(at: Position): HTMLElement | undefined {
    return this.#views
      .get(at.row)
      ?.cells.get(at.row === this.#active.row ? this.#activeColumn(at.row) : at.column);
  }

  #scrollTo({ row, column }: Position): void {
    const { row: height, head, column: width, first } = this.#size();
    const grid = this.element;
    if (row > 0) {
      const top = (row - 1) * height;
      const room = grid.clientHeight - head;
      if (top < grid.scrollTop) grid.scrollTop = top;
      else if (top + height > grid.scrollTop + room) grid.scrollTop = top + height - room;
    }
    if (column > 0) {
      const left = (column - 1) * width;
      const room = grid.clientWidth - first;
      if (left < grid.scrollLeft) grid.scrollLeft = left;
      else if (left + width > grid.scrollLeft + room) grid.scrollLeft = left + width - room;
    }
  }

  #open_({ row, column }: Position): void {
    const line = row > 0 ? this.#lines[row - 1] : undefined;
    const at = this.#view.columns[column - 1];
    if (line?.kind === "group") {
      this.#setOpen(line.group, !line.open);
      this.focus();
    } else if (line && column === 0) this.choose({ kind: "row", row: line.row });
    else if (line && at !== undefined) this.choose({ kind: "cell", row: line.row, column: at });
    else if (at !== undefined) this.choose({ kind: "column", column: at });
  }
}
