import { placeWords } from "../../place-words";
import type { Column } from "../map/columns";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { cellInWords } from "../map/words";
import { count, h } from "./dom";
import type { PanelContent } from "./panel-content";

/** Who may do what to one secret. */
export function rowPanel(matrix: Matrix, row: number, choose: (column: number) => void): PanelContent {
  const { title, mount, system, owner, place, key, kind } = matrix.rows[row] as Row;
  const isSame = (column: number): boolean => matrix.cell(row, column).change === "same";
  const reaching = matrix.columns
    .flatMap((_, column) => (matrix.cell(row, column).empty ? [] : [column]))
    .sort((a, b) => Number(isSame(a)) - Number(isSame(b)));
  const people = reaching.reduce(
    (sum, column) => sum + (matrix.columns[column] as Column).principals.length,
    0,
  );
  return {
    over: kind === "path" ? "API path" : kind === "secret" ? "Secret" : (mount ?? ""),
    title,
    body: [
      facts([
        ["Address", key],
        ["System", system],
        ["Owner", owner],
        ["Declared in", place && placeWords(place)],
      ]),
      h(
        "h3",
        {},
        reaching.length === 0
          ? "Nobody may do anything here"
          : `${count(people, "principal")} may do something here${matrix.before ? ", now or before" : ""}`,
      ),
      h(
        "ul",
        { class: "who" },
        ...reaching.map((column) => entry(matrix, row, column, () => choose(column))),
      ),
    ],
  };
}

function entry(matrix: Matrix, row: number, column: number, choose: () => void): HTMLElement {
  const { principals } = matrix.columns[column] as Column;
  const cell = matrix.cell(row, column);
  return h(
    "li",
    { class: matrix.before ? cell.change : "same" },
    h(
      "button",
      { type: "button", class: "link", click: choose },
      h("bdi", {}, principals.map(({ title }) => title).join(", ")),
    ),
    h("span", { class: "about" }, cellInWords(cell, matrix.before !== undefined)),
  );
}

/** Names with what is known of each; what is not known is left out. */
export function facts(pairs: readonly (readonly [string, string | undefined])[]): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    ...pairs.flatMap(([name, value]) =>
      value === undefined ? [] : [h("dt", {}, name), h("dd", {}, h("bdi", {}, value))],
    ),
  );
}
