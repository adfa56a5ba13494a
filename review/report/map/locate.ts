import type { Finding } from "../../finding";
import { belowMount } from "./below-mount";
import type { Matrix } from "./matrix";

/** A cell by its indexes in the matrix. */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** The cell that a finding is about: that of its first principal and of the secret that its witness touches. */
export function locate(matrix: Matrix, finding: Finding): Spot | undefined {
  const column = columnOf(matrix, finding);
  const witness = finding.access?.witness.path;
  if (column === undefined || witness === undefined) return undefined;
  const changed = matrix.changed(column);
  const reached = changed.length > 0 ? changed : matrix.reached(column);
  const named = new Set(finding.access?.regions);
  const row =
    reached.find((index) => matrix.rows[index]?.key === addressOf(matrix, witness)) ??
    reached.find((index) => asksFor(matrix, index, witness)) ??
    reached.find(
      (index) => named.has(matrix.rows[index]?.title ?? "") || named.has(matrix.rows[index]?.key ?? ""),
    ) ??
    reached[0];
  return row === undefined ? undefined : { row, column };
}

/** The column of the first principal that the map has. */
export function columnOf(matrix: Matrix, { principals }: Finding): number | undefined {
  const named = new Set(principals);
  const column = matrix.columns.findIndex((each) => each.principals.some(({ name }) => named.has(name)));
  return column < 0 ? undefined : column;
}

function addressOf(matrix: Matrix, path: string): string {
  for (const side of [matrix.after, matrix.before]) {
    const below = side && belowMount(side.mounts, path);
    if (below && below !== "whole") return below.mount.path + below.path;
  }
  return path;
}

function asksFor(matrix: Matrix, index: number, path: string): boolean {
  const row = matrix.rows[index];
  return Boolean(
    row?.slots.some(({ parts }) =>
      parts.some(({ id }) =>
        [...row.needsBefore(id), ...row.needsAfter(id)].some((need) => need.path === path),
      ),
    ),
  );
}
