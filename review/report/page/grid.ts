import type { View } from "../map/filter";
import { moved, type Position } from "../map/keys";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { visible } from "../map/visible";
import { h } from "./dom";
import { GridCanvas, type GridSize } from "./grid-canvas";
import { GridContent } from "./grid-content";
import type { State, Subject } from "./state";

/**
 * The grid of the map. Only what is on the screen is there, and the cell that has the focus; the pattern of keys and roles is
 * that of an ARIA data grid.
 */
export class Grid {
  readonly element: HTMLElement;
  readonly #canvas = new GridCanvas();
  /** Groups that somebody opened or folded. */
  readonly #folds = new Map<string, boolean>();
  #content: GridContent;
  #isFiltered = false;
  #active: Position = { row: 1, column: 1 };
  #subject: Subject | undefined;
  #asked = false;
  #first = 0;

  constructor(
    readonly matrix: Matrix,
    readonly sizeOf: (isDense: boolean, width: number) => GridSize,
    readonly choose: (subject: Subject) => void,
  ) {
    this.#content = new GridContent(matrix, { rows: [], columns: [] }, "both", () => true);
    this.element = h("div", {
      class: "grid",
      role: "grid",
      "aria-label": "Access map: secrets by principals",
      "aria-describedby": "grid-help",
    });
    this.element.append(this.#canvas.element);
    this.element.addEventListener("scroll", () => this.#soon(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("click", (event) => this.#click(event));
    new ResizeObserver(() => this.#soon()).observe(this.element);
  }

  /** Shows a view. Groups of API paths are folded until they are asked for, unless there is nothing else. */
  show(view: View, side: State["side"], isFiltered: boolean): void {
    this.#isFiltered = isFiltered;
    this.#fill(view, side);
  }

  /** Scrolls a cell or heading into sight and makes it the one that keys start from. @returns false when it is filtered away */
  reveal(subject: Subject): boolean {
    const { view } = this.#content;
    if ("row" in subject && !view.rows.includes(subject.row)) return false;
    if ("column" in subject && !view.columns.includes(subject.column)) return false;
    if ("row" in subject && !this.#content.positionOf(subject))
      this.#fold((this.matrix.rows[subject.row] as Row).group, true);
    const at = this.#content.positionOf(subject);
    if (at) this.#activate(at, false);
    return true;
  }

  /** Marks the cell that is told of beside the grid. */
  mark(subject: Subject | undefined): void {
    this.#subject = subject?.kind === "cell" ? subject : undefined;
    for (const [at, cell] of this.#canvas.cells()) this.#select(cell, at);
  }

  focus(): void {
    this.#activate(this.#active, true);
  }

  redraw(): void {
    const { row, head, column, first } = this.#size();
    const { lastRow, lastColumn } = this.#content;
    const hadFocus = this.element.contains(document.activeElement);
    this.#first = first;
    this.#canvas.clear();
    this.element.style.setProperty("--first", `${first}px`);
    this.element.classList.toggle("dense", this.#isDense);
    this.element.setAttribute("aria-rowcount", String(lastRow + 1));
    this.element.setAttribute("aria-colcount", String(lastColumn + 1));
    this.#canvas.element.style.width = `${first + lastColumn * column}px`;
    this.#canvas.element.style.height = `${head + lastRow * row}px`;
    this.#draw();
    if (hadFocus) this.focus();
  }

  /** Without signs in front of the letters, columns are narrower. */
  get #isDense(): boolean {
    return this.matrix.before === undefined || this.#content.side !== "both";
  }

  #size(): GridSize {
    return this.sizeOf(this.#isDense, this.element.clientWidth);
  }

  #fill(view: View, side: State["side"]): void {
    const isPath = (row: number): boolean => this.matrix.rows[row]?.kind === "path";
    const folded = new Set(
      this.#isFiltered || view.rows.every(isPath)
        ? []
        : view.rows.filter(isPath).map((row) => this.matrix.rows[row]?.group),
    );
    const isOpen = (group: string): boolean => this.#folds.get(group) ?? !folded.has(group);
    this.#content = new GridContent(this.matrix, view, side, isOpen);
    this.#active = this.#clamped(this.#active);
    this.redraw();
  }

  #fold(group: string, open: boolean): void {
    this.#folds.set(group, open);
    this.#fill(this.#content.view, this.#content.side);
  }

  #soon(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      // With another width the column of headings may have another measure, and everything another place.
      if (this.#size().first === this.#first) this.#draw();
      else this.redraw();
    });
  }

  #draw(): void {
    if (this.#content.lastRow === 0) return;
    const size = this.#size();
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.element;
    const { lastRow, lastColumn } = this.#content;
    const down = visible(scrollTop, Math.max(0, clientHeight - size.head), size.row, lastRow, 6);
    const across = visible(scrollLeft, Math.max(0, clientWidth - size.first), size.column, lastColumn, 2);
    this.#canvas.draw(shownIndexes(down, this.#active.row), shownIndexes(across, this.#active.column), size, {
      kindOf: (row) => this.#content.kindOf(row),
      hasOneCell: (row) => this.#content.groupAt(row) !== undefined,
      cell: (at) => this.#cell(at, size),
    });
  }

  #cell(at: Position, { column, first }: GridSize): HTMLElement {
    const element = this.#content.element(at);
    element.setAttribute("aria-colindex", String(at.column + 1));
    element.tabIndex = isSame(at, this.#focusable()) ? 0 : -1;
    if (at.column > 0) element.style.left = `${first + (at.column - 1) * column}px`;
    this.#select(element, at);
    element.dataset.row = String(at.row);
    element.dataset.column = String(at.column);
    return element;
  }

  #select(cell: HTMLElement, at: Position): void {
    const subject = this.#subject && this.#content.subjectAt(at);
    const selected = subject?.kind === "cell" && JSON.stringify(subject) === JSON.stringify(this.#subject);
    cell.ariaSelected = selected ? "true" : null;
  }

  /** A heading of a group has one cell, whatever the column was. */
  #focusable(): Position {
    return this.#content.groupAt(this.#active.row) ? { ...this.#active, column: 0 } : this.#active;
  }

  #clamped({ row, column }: Position): Position {
    const { lastRow, lastColumn } = this.#content;
    return { row: Math.min(row, lastRow), column: Math.min(column, lastColumn) };
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    const { lastRow, lastColumn } = this.#content;
    const { head, row } = this.#size();
    const page = Math.max(1, Math.floor((this.element.clientHeight - head) / row) - 1);
    const to = moved(this.#active, event.key, event.ctrlKey, { lastRow, lastColumn, page });
    const chooses = event.key === "Enter" || event.key === " ";
    if (!to && !chooses) return;
    event.preventDefault();
    if (to) this.#activate(to, true);
    else this.#chooseAt(this.#active);
  }

  #click(event: MouseEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (!cell) return;
    const at = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    this.#activate(at, true);
    this.#chooseAt(at);
  }

  #chooseAt(at: Position): void {
    const group = this.#content.groupAt(at.row);
    const subject = this.#content.subjectAt(at);
    if (group) {
      this.#fold(group.group, !group.open);
      this.focus();
    } else if (subject) this.choose(subject);
  }

  #activate(at: Position, focus: boolean): void {
    const before = this.#canvas.cellAt(this.#focusable());
    if (before) before.tabIndex = -1;
    this.#active = this.#clamped(at);
    this.#scrollTo(this.#active);
    this.#draw();
    const element = this.#canvas.cellAt(this.#focusable());
    if (!element) return;
    element.tabIndex = 0;
    if (focus) element.focus({ preventScroll: true });
  }

  #scrollTo({ row, column }: Position): void {
    const size = this.#size();
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.element;
    if (row > 0)
      this.element.scrollTop = inSight(scrollTop, clientHeight - size.head, (row - 1) * size.row, size.row);
    if (column > 0)
      this.element.scrollLeft = inSight(
        scrollLeft,
        clientWidth - size.first,
        (column - 1) * size.column,
        size.column,
      );
  }
}

function isSame(a: Position, b: Position): boolean {
  return a.row === b.row && a.column === b.column;
}

/** The headings, what is in sight, and what has the focus: positions, which are one more than indexes. */
function shownIndexes({ from, to }: { from: number; to: number }, active: number): number[] {
  const shown = new Set([0, active]);
  for (let index = from; index < to; index++) shown.add(index + 1);
  return [...shown].sort((a, b) => a - b);
}

/** The least scrolling that shows a strip wholly. */
function inSight(offset: number, room: number, start: number, length: number): number {
  return Math.min(start, Math.max(offset, start + length - room));
}
