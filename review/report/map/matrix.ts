import type { ReportData } from "../data";
import { Candidates } from "./candidates";
import { type Cell, cellOf } from "./cell";
import { type Column, columnsOf } from "./columns";
import type { Row } from "./row";
import { rowsOf } from "./rows";
import { type Access, Side } from "./side";

interface BothAccess {
  readonly before: Access | undefined;
  readonly after: Access | undefined;
}

/** The map itself: secrets by principals, each cell worked out when it is asked for. */
export class Matrix {
  /** Absent on a map of one revision. */
  readonly before: Side | undefined;
  readonly after: Side;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly #access = new Map<number, BothAccess>();
  readonly #cells = new Map<number, Cell>();
  readonly #reached = new Map<number, readonly number[]>();
  #candidates: Candidates | undefined;

  constructor(data: ReportData) {
    this.after = new Side(data, data.head);
    this.before = data.base && new Side(data, data.base);
    this.rows = rowsOf(this.before, this.after);
    this.columns = columnsOf(this.before, this.after);
  }

  cell(row: number, column: number): Cell {
    const key = row * this.columns.length + column;
    let cell = this.#cells.get(key);
    if (!cell) {
      const { before, after } = this.access(column);
      cell = cellOf(this.rows[row] as Row, before, after);
      this.#cells.set(key, cell);
    }
    return cell;
  }

  /** On a map of one revision before is as after. */
  access(column: number): BothAccess {
    let found = this.#access.get(column);
    if (!found) {
      const { key } = this.columns[column] as Column;
      const after = this.after.accessOf(key);
      found = { before: this.before ? this.before.accessOf(key) : after, after };
      this.#access.set(column, found);
    }
    return found;
  }

  /** The rows of which the column is granted anything, on either side. */
  reached(column: number): readonly number[] {
    let found = this.#reached.get(column);
    if (!found) {
      found = this.#candidatesOf(column).filter((row) => !this.cell(row, column).empty);
      this.#reached.set(column, found);
    }
    return found;
  }

  /** The rows of which the column's access is another than before. */
  changed(column: number): readonly number[] {
    if (!this.before || !this.columns[column]?.touched) return [];
    return this.reached(column).filter((row) => this.cell(row, column).change !== "same");
  }

  #candidatesOf(column: number): number[] {
    const { before, after } = this.access(column);
    const sides = [before, after].filter((side) => side !== undefined);
    const lists = sides.flatMap((side) => ("list" in side ? [side.list] : []));
    // Of a side that cannot be put together nothing is known anywhere.
    if (lists.length < sides.length) return this.rows.map((_, index) => index);
    this.#candidates ??= new Candidates(this.rows);
    return this.#candidates.of([...new Set(lists)], this.rows.length);
  }
}
