import { amountWords } from "../../amount-words";
import type { Constraint, HeldPolicy, RevisionPrincipal } from "../../model";
import { placeWords } from "../../place-words";
import type { Column, ColumnPrincipal } from "../map/columns";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { cellInWords } from "../map/words";
import { count, h } from "./dom";
import type { PanelContent } from "./panel-content";
import { facts } from "./panel-row";

/** The most secrets that are listed one by one. */
const MOST = 100;

/** What principals hold, who may log in as them, and what they may do. */
export function columnPanel(matrix: Matrix, column: number, choose: (row: number) => void): PanelContent {
  const { principals, doubts } = matrix.columns[column] as Column;
  const changed = new Set(matrix.changed(column));
  const reached = [...changed, ...matrix.reached(column).filter((row) => !changed.has(row))];
  return {
    over: principals.length > 1 ? `${principals.length} principals that may do the same:` : "Principal",
    title:
      principals.length > 3
        ? `${principals[0]?.title} and ${principals.length - 1} more`
        : principals.map(({ title }) => title).join(", "),
    body: [
      ...doubts.map((reason) => h("p", { class: "notice" }, `Not certain: ${reason}.`)),
      ...principals
        .slice(0, MOST)
        .map((principal) => principalView(principal, matrix.before !== undefined, principals.length > 1)),
      h("h3", {}, `May do something to ${count(reached.length, "entry", "entries")} of the map`),
      h(
        "ul",
        { class: "who" },
        ...reached.slice(0, MOST).map((row) => {
          const cell = matrix.cell(row, column);
          const { key } = matrix.rows[row] as Row;
          return h(
            "li",
            { class: matrix.before ? cell.change : "same" },
            h("button", { type: "button", class: "link path", click: () => choose(row) }, h("bdi", {}, key)),
            h("span", { class: "about" }, cellInWords(cell, matrix.before !== undefined)),
          );
        }),
      ),
      reached.length > MOST &&
        h(
          "p",
          { class: "hint" },
          `${count(reached.length - MOST, "more entry", "more entries")} in the map.`,
        ),
    ],
  };
}

function principalView(
  { title, name, before, after }: ColumnPrincipal,
  compares: boolean,
  named: boolean,
): HTMLElement {
  const now = after ?? before;
  return h(
    "section",
    { class: "principal" },
    named && h("h3", {}, h("bdi", {}, title)),
    facts([
      ["Address", name],
      ["System", now?.system],
      ["Owner", now?.owner],
      ["Declared in", now?.place && placeWords(now.place)],
      ...changing("Policies", policiesOf(before), policiesOf(after), compares),
      ...changing("Logs in", constraintsOf(before), constraintsOf(after), compares),
    ]),
  );
}

function changing(
  name: string,
  was: string | undefined,
  is: string | undefined,
  compares: boolean,
): [string, string | undefined][] {
  if (!compares || was === is) return [[name, is]];
  return [
    [`${name} before`, was ?? "no such principal"],
    [`${name} after`, is ?? "no such principal"],
  ];
}

function policiesOf(principal: RevisionPrincipal | undefined): string | undefined {
  return principal?.holds.map(heldText).join(", ");
}

function heldText({ policy, by, through }: HeldPolicy): string {
  if (by === "role" || (by === "default" && policy === "default")) return policy;
  return `${policy} (by ${by}${through === undefined ? "" : ` ${through}`})`;
}

function constraintsOf(principal: RevisionPrincipal | undefined): string | undefined {
  if (!principal || principal.constraints.length === 0) return undefined;
  return principal.constraints.map(constraintText).join("; ");
}

function constraintText(constraint: Constraint): string {
  switch (constraint.kind) {
    case "members":
      return `${constraint.name}: ${constraint.values.join(", ") || "everybody"}`;
    case "networks":
      return `${constraint.name}: ${constraint.values.join(", ") || "everywhere"}`;
    case "limit":
      return `${constraint.name}: ${constraint.value === 0 ? "no limit" : amountWords(constraint.value, constraint.unit)}`;
    case "required":
      return `${constraint.name}: ${constraint.value ? "required" : "not required"}`;
    case "exact":
      return `${constraint.name}: ${constraint.value}`;
  }
}
