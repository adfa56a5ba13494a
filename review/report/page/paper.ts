import type { Column } from "../map/columns";
import type { View } from "../map/filter";
import { linesOf } from "../map/lines";
import type { Matrix } from "../map/matrix";
import { PATH_SLOTS, SECRET_SLOTS, type Slot } from "../map/parts";
import type { Row } from "../map/row";
import { cellContent } from "./cell-view";
import { count, h } from "./dom";
import { halves } from "./headings";
import type { State } from "./state";

/** What goes on paper at most. */
const MOST = { rows: 400, columns: 60 };
/** So many principals stand beside each other on a page that is held upright. */
const BESIDE = 4;

/** The map for paper: a table for every few principals, with the rows that these may do something to. */
export function paperView(matrix: Matrix, { rows, columns }: View, side: State["side"]): HTMLElement {
  const shownRows = rows.slice(0, MOST.rows);
  const shown = columns.slice(0, MOST.columns);
  const tables: HTMLElement[] = [];
  for (let from = 0; from < shown.length; from += BESIDE) {
    const beside = shown.slice(from, from + BESIDE);
    const reached = shownRows.filter((row) => beside.some((column) => !matrix.cell(row, column).empty));
    if (reached.length > 0) tables.push(table(matrix, reached, beside, side));
  }
  const left = [
    rows.length > MOST.rows && count(rows.length - MOST.rows, "row"),
    columns.length > MOST.columns && count(columns.length - MOST.columns, "column"),
  ].filter((text) => text !== false);
  return h(
    "div",
    { class: "paper" },
    h("p", { class: "about" }, lettersInWords("Letters", SECRET_SLOTS)),
    h("p", { class: "about" }, lettersInWords("On API paths", PATH_SLOTS)),
    ...tables,
    left.length > 0 && h("p", {}, `Left out for want of paper: ${left.join(" and ")}. Filter the map first.`),
  );
}

/** `Letters: R read values, N see names`. */
function lettersInWords(title: string, slots: readonly Slot[]): string {
  return `${title}: ${slots.map(({ letter, words }) => `${letter} ${words}`).join("; ")}.`;
}

function table(
  matrix: Matrix,
  rows: readonly number[],
  columns: readonly number[],
  side: State["side"],
): HTMLElement {
  const body = linesOf(matrix, rows, () => true).map((line) =>
    line.kind === "group"
      ? h(
          "tr",
          { class: "group" },
          h("th", { colspan: columns.length + 1, scope: "colgroup" }, h("bdi", {}, line.group)),
        )
      : h(
          "tr",
          {},
          h("th", { scope: "row" }, h("bdi", { class: "path" }, (matrix.rows[line.row] as Row).title)),
          ...columns.map((column) => cell(matrix, line.row, column, side)),
        ),
  );
  const heads = columns.map((column) => heading(matrix.columns[column] as Column));
  return h(
    "table",
    {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Secret"), ...heads)),
    h("tbody", {}, ...body),
  );
}

function heading({ principals }: Column): HTMLElement {
  const [kind, name] = halves(principals[0]?.title ?? "");
  const more = principals.length > 1 ? ` and ${principals.length - 1} more` : "";
  return h("th", { scope: "col" }, h("span", { class: "kind" }, kind), h("bdi", {}, name), more);
}

function cell(matrix: Matrix, row: number, column: number, side: State["side"]): HTMLElement {
  const isDoubtful = (matrix.columns[column] as Column).doubts.length > 0;
  return h("td", {}, ...cellContent(matrix.cell(row, column), side, matrix.before !== undefined, isDoubtful));
}
