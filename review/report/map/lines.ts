import type { Matrix } from "./matrix";
import type { Row } from "./row";

/** What stands below each other in the grid: headings of groups, and the rows of those that are open. */
export type Line =
  | {
      readonly kind: "group";
      readonly group: string;
      readonly rows: readonly number[];
      readonly open: boolean;
    }
  | { readonly kind: "row"; readonly row: number };

/** The rows under their headings. @param isOpen whether the rows of a group show */
export function linesOf(matrix: Matrix, rows: readonly number[], isOpen: (group: string) => boolean): Line[] {
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const { group } = matrix.rows[row] as Row;
    const members = groups.get(group);
    if (members) members.push(row);
    else groups.set(group, [row]);
  }
  return [...groups].flatMap(([group, members]): Line[] => {
    const open = isOpen(group);
    const heading: Line = { kind: "group", group, rows: members, open };
    return open ? [heading, ...members.map((row): Line => ({ kind: "row", row }))] : [heading];
  });
}
