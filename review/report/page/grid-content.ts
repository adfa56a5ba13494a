import type { Column } from "../map/columns";
import type { View } from "../map/filter";
import type { Position } from "../map/keys";
import { type Line, linesOf } from "../map/lines";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { cellContent } from "./cell-view";
import { h } from "./dom";
import { columnHeading, groupHeading, rowHeading } from "./headings";
import type { State, Subject } from "./state";

/** What stands where in the grid. Row 0 has the headings of columns, column 0 those of rows. */
export class GridContent {
  readonly #lines: readonly Line[];

  constructor(
    readonly matrix: Matrix,
    readonly view: View,
    readonly side: State["side"],
    isOpen: (group: string) => boolean,
  ) {
    this.#lines = linesOf(matrix, view.rows, isOpen);
  }

  get lastRow(): number {
    return this.#lines.length;
  }

  get lastColumn(): number {
    return this.view.columns.length;
  }

  /** The heading of a group that stands in a row, if one does. */
  groupAt(row: number): Extract<Line, { kind: "group" }> | undefined {
    const line = this.#lines[row - 1];
    return line?.kind === "group" ? line : undefined;
  }

  kindOf(row: number): string {
    return row === 0 ? "head" : this.groupAt(row) ? "group" : "";
  }

  subjectAt({ row, column }: Position): Subject | undefined {
    const line = this.#lines[row - 1];
    const at = this.view.columns[column - 1];
    if (line?.kind === "group") return undefined;
    if (line)
      return at === undefined ? { kind: "row", row: line.row } : { kind: "cell", row: line.row, column: at };
    return at === undefined ? undefined : { kind: "column", column: at };
  }

  /** Where a cell or a heading stands; `undefined` when it is filtered or folded away. */
  positionOf(subject: Subject): Position | undefined {
    const row = "row" in subject ? this.#lineOf(subject.row) : 0;
    const column = "column" in subject ? this.view.columns.indexOf(subject.column) + 1 : 0;
    const isAway = ("row" in subject && row === 0) || ("column" in subject && column === 0);
    return isAway ? undefined : { row, column };
  }

  #lineOf(row: number): number {
    return this.#lines.findIndex((each) => each.kind === "row" && each.row === row) + 1;
  }

  element(at: Position): HTMLElement {
    const subject = this.subjectAt(at);
    const group = this.groupAt(at.row);
    if (group) return groupHeading(this.matrix, group, this.lastColumn);
    if (!subject) return h("div", { class: "cell corner", role: "columnheader" }, "Secret");
    if (subject.kind === "column") return columnHeading(this.matrix.columns[subject.column] as Column);
    if (subject.kind === "row") return rowHeading(this.matrix.rows[subject.row] as Row);
    return this.#cell(subject.row, subject.column);
  }

  #cell(row: number, column: number): HTMLElement {
    const cell = this.matrix.cell(row, column);
    const compares = this.matrix.before !== undefined;
    const isMarked = compares && this.side === "both" && cell.change !== "same";
    const isDoubtful = (this.matrix.columns[column] as Column).doubts.length > 0;
    const classes = ["cell", isMarked ? `changed-${cell.change}` : "", isDoubtful ? "doubtful" : ""];
    const content = cellContent(cell, this.side, compares, isDoubtful);
    return h("div", { class: classes.join(" ").trim(), role: "gridcell" }, ...content);
  }
}
