import type { Position } from "../map/keys";
import { h } from "./dom";

/** Pixels; style.css has the same. */
export interface GridSize {
  readonly row: number;
  readonly head: number;
  readonly column: number;
  readonly first: number;
}

/** What the canvas asks when something comes into sight. */
export interface GridMaker {
  /** `head`, `group` or nothing, for the style. */
  readonly kindOf: (row: number) => string;
  /** A heading of a group is one cell over all columns. */
  readonly hasOneCell: (row: number) => boolean;
  readonly cell: (at: Position) => HTMLElement;
}

interface Line {
  readonly element: HTMLElement;
  readonly cells: Map<number, HTMLElement>;
}

/**
 * The rows and cells that are there. What came into sight is added and what left it taken away, in the order in which it is
 * read; what stays is not touched, so focus and reading place stay.
 */
export class GridCanvas {
  readonly element = h("div", { class: "canvas", role: "presentation" });
  readonly #lines = new Map<number, Line>();

  clear(): void {
    this.element.replaceChildren();
    this.#lines.clear();
  }

  /** @param rows indexes of rows in order, likewise `columns` */
  draw(rows: readonly number[], columns: readonly number[], size: GridSize, make: GridMaker): void {
    removeOthers(this.#lines, rows, ({ element }) => element);
    for (const row of rows) {
      const line = this.#lines.get(row) ?? this.#addLine(row, size, make.kindOf(row));
      const wanted = make.hasOneCell(row) ? [0] : columns;
      removeOthers(line.cells, wanted, (cell) => cell);
      for (const column of wanted) {
        if (line.cells.has(column)) continue;
        const cell = make.cell({ row, column });
        line.element.insertBefore(cell, following(line.cells, column) ?? null);
        line.cells.set(column, cell);
      }
    }
  }

  cellAt({ row, column }: Position): HTMLElement | undefined {
    return this.#lines.get(row)?.cells.get(column);
  }

  cells(): [Position, HTMLElement][] {
    return [...this.#lines].flatMap(([row, { cells }]) =>
      [...cells].map(([column, cell]): [Position, HTMLElement] => [{ row, column }, cell]),
    );
  }

  #addLine(row: number, size: GridSize, kind: string): Line {
    const element = h("div", { class: `line ${kind}`, role: "row", "aria-rowindex": row + 1 });
    if (row > 0) element.style.transform = `translateY(${size.head + (row - 1) * size.row}px)`;
    this.element.insertBefore(element, following(this.#lines, row)?.element ?? null);
    const line = { element, cells: new Map<number, HTMLElement>() };
    this.#lines.set(row, line);
    return line;
  }
}

function removeOthers<T>(
  there: Map<number, T>,
  wanted: readonly number[],
  elementOf: (item: T) => Element,
): void {
  const kept = new Set(wanted);
  for (const [index, item] of there) {
    if (kept.has(index)) continue;
    elementOf(item).remove();
    there.delete(index);
  }
}

/** What stands next behind an index. */
function following<T>(there: ReadonlyMap<number, T>, index: number): T | undefined {
  const next = Math.min(...[...there.keys()].filter((each) => each > index));
  return there.get(next);
}
