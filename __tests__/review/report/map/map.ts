import type { AccessRevision } from "../../../../review/model";
import type { Cell } from "../../../../review/report/map/cell";
import { Matrix } from "../../../../review/report/map/matrix";
import { pack } from "../../../../review/report/pack";

/** The matrix that a page makes of two revisions, or of one. */
export function matrixOf(base: AccessRevision | undefined, head: AccessRevision): Matrix {
  const content = { kind: base ? ("review" as const) : ("map" as const), findings: [], notes: [], head };
  // As it comes out of the page: through JSON.
  return new Matrix(JSON.parse(JSON.stringify(pack({ ...content, ...(base ? { base } : {}) }))));
}

/** The index of a row by its key. */
export function rowAt(matrix: Matrix, key: string): number {
  const index = matrix.rows.findIndex((row) => row.key === key);
  if (index < 0) throw new Error(`no row ${key} among ${matrix.rows.map((row) => row.key).join(", ")}`);
  return index;
}

/** The index of the column that has this principal. */
export function columnAt(matrix: Matrix, title: string): number {
  const index = matrix.columns.findIndex(({ principals }) => principals.some((each) => each.title === title));
  if (index < 0) throw new Error(`no column ${title}`);
  return index;
}

/** What a cell says, in letters: `R`, `+R`, `−N`; nothing for what is not granted. */
export function letters(cell: Cell): string {
  return cell.slots
    .filter(({ before, after }) => before !== "none" || after !== "none")
    .map(({ slot, change, before, after }) => {
      const sign = { same: "", gained: "+", lost: "−", altered: "±", uncertain: "?" }[change];
      const level = after === "none" ? before : after;
      return (
        sign +
        (level === "partial" ? slot.letter.toLowerCase() : slot.letter) +
        (level === "conditional" ? "°" : "")
      );
    })
    .join(" ");
}

export function lettersAt(matrix: Matrix, key: string, title: string): string {
  return letters(matrix.cell(rowAt(matrix, key), columnAt(matrix, title)));
}
