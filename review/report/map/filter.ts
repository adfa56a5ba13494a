import type { Cell, Change } from "./cell";
import type { Matrix } from "./matrix";
import { columnsNamed, rowsNamed } from "./search";

/** What of the map is looked at. Empty texts stand for everything. */
export interface Filter {
  /** Words that a secret's path, system or owner has to have, all of them; or a path that it stands for. */
  readonly secret: string;
  /** Words that a principal's title, name, policies or owner have to have. */
  readonly principal: string;
  readonly system: string;
  /** The id of an intent or of a capability. */
  readonly may: string;
  readonly show: "" | "changed" | Exclude<Change, "same">;
}

export const EVERYTHING: Filter = { secret: "", principal: "", system: "", may: "", show: "" };

/** What is left to see: indexes into the matrix, in order. */
export interface View {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** How many cells the question has for an answer; absent when nothing was asked about cells. */
  readonly cells?: number;
}

/**
 * Rows and columns that have an answer. Asked for some secrets, only principals that may do something to them stay; asked
 * for some principals, only what they may do something to.
 */
export function applyFilter(matrix: Matrix, filter: Filter): View {
  const asksRows = filter.secret.trim() !== "" || filter.system !== "";
  const asksColumns = filter.principal.trim() !== "";
  const rows = new Set(
    rowsNamed(matrix, filter.secret).filter(
      (row) => filter.system === "" || matrix.rows[row]?.system === filter.system,
    ),
  );
  const columns = columnsNamed(matrix, filter.principal);
  const asksCells = filter.may !== "" || filter.show !== "";
  if (!asksRows && !asksColumns && !asksCells) return { rows: [...rows], columns };
  const keptRows = new Set<number>();
  const keptColumns: number[] = [];
  let cells = 0;
  for (const column of columns) {
    const possible = filter.show === "" ? matrix.reached(column) : matrix.changed(column);
    const found = possible.filter(
      (row) => rows.has(row) && (!asksCells || matchesCell(matrix.cell(row, column), filter)),
    );
    for (const row of found) keptRows.add(row);
    cells += found.length;
    if (found.length > 0) keptColumns.push(column);
  }
  // A secret that nobody reaches is an answer too, when it was asked for by name.
  const allRows = asksRows && !asksColumns && !asksCells;
  const allColumns = asksColumns && !asksRows && !asksCells;
  return {
    rows: allRows ? [...rows] : [...keptRows].sort((a, b) => a - b),
    columns: allColumns ? columns : keptColumns,
    cells,
  };
}

function matchesCell(cell: Cell, { may, show }: Filter): boolean {
  return cell.slots.some(({ parts }) =>
    parts.some(({ part, before, after, change }) => {
      if (may !== "" && part.id !== may) return false;
      if (show === "") return before !== "none" || after !== "none";
      return show === "changed" ? change !== "same" : change === show;
    }),
  );
}
