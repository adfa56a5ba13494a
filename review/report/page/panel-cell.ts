import { placeWords } from "../../place-words";
import type { Cell, PartState } from "../map/cell";
import type { Column } from "../map/columns";
import type { Level } from "../map/granted";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { type WhyAnswer, type WhyPath, type WhyRule, type WhySide, whyOf } from "../map/why";
import { CHANGE_SIGNS } from "../map/words";
import { h, spoken } from "./dom";
import type { PanelContent } from "./panel-content";

/** Why a principal may do to a secret what it may: before and after, the rule that won and those that lost. */
export function cellPanel(matrix: Matrix, row: number, column: number): PanelContent {
  const shownRow = matrix.rows[row] as Row;
  const { principals, doubts } = matrix.columns[column] as Column;
  const cell = matrix.cell(row, column);
  const compares = matrix.before !== undefined;
  const first = principals[0]?.title ?? "";
  const others = principals.length > 1 ? ` and ${principals.length - 1} more` : "";
  const paths = whyOf(matrix, row, column);
  const changed = paths.filter((path) => path.changed);
  const telling = changed.length > 0 ? changed : paths.filter(isAllowed);
  const quieter = paths.filter((path) => !telling.includes(path));
  return {
    over: `${first}${others} on`,
    title:
      shownRow.kind === "secret" || shownRow.kind === "path"
        ? shownRow.title
        : `${shownRow.mount} ${shownRow.title}`,
    body: [
      ...doubts.map((reason) => h("p", { class: "notice" }, `Not certain: ${reason}.`)),
      shownRow.kind === "rest" && h("p", { class: "hint" }, "… stands for a name that no rule mentions."),
      summary(cell, compares),
      h("h3", {}, changed.length > 0 ? "Why it changed" : "Why"),
      ...telling.map((path) => pathView(path, compares, true)),
      ...(telling.length > 0 && quieter.length > 0 ? [h("h3", {}, "Everything else that was asked")] : []),
      // Where nothing is allowed, the first path tells why.
      ...quieter.map((path, index) => pathView(path, compares, telling.length === 0 && index === 0)),
    ],
  };
}

function isAllowed({ before, after }: WhyPath): boolean {
  return [before, after].some((side) => side?.answers.some(({ verdict }) => verdict !== "denied"));
}

const LEVEL_WORDS: { readonly [level in Level]: string } = {
  none: "no",
  partial: "in part",
  conditional: "under conditions",
  full: "yes",
  unknown: "not certain",
};

function summary(cell: Cell, compares: boolean): HTMLElement {
  const parts = cell.slots.flatMap((slot) => slot.parts);
  const granted = parts.filter(({ before, after }) => before !== "none" || after !== "none");
  if (granted.length === 0) return h("p", { class: "nothing" }, "May do nothing here.");
  const heads = compares ? ["May", "Before", "After"] : ["May", ""];
  const line = ({ part, before, after, change }: PartState): HTMLElement =>
    h(
      "tr",
      { class: compares ? change : "same" },
      h(
        "th",
        { scope: "row" },
        h("i", { "aria-hidden": "true" }, compares ? CHANGE_SIGNS[change] : ""),
        part.words,
      ),
      compares && h("td", {}, LEVEL_WORDS[before]),
      h("td", {}, LEVEL_WORDS[after], compares && change !== "same" && spoken(` (${change})`)),
    );
  return h(
    "table",
    { class: "summary" },
    h(
      "thead",
      {},
      h("tr", {}, ...heads.map((text) => (text === "" ? h("td") : h("th", { scope: "col" }, text)))),
    ),
    h("tbody", {}, ...granted.map(line)),
  );
}

function pathView(
  { path, asked, before, after, changed }: WhyPath,
  compares: boolean,
  open: boolean,
): HTMLElement {
  const serves = [...new Set(asked.map((each) => each.serves))].join("; ");
  const same = compares && !changed;
  const sides =
    compares && changed
      ? [sideView("Before", before), sideView("After", after)]
      : [sideView(same ? "Before and after" : "", after ?? before)];
  return h(
    "details",
    { class: "why", open },
    h("summary", {}, h("bdi", { class: "path" }, path), h("span", { class: "about" }, serves)),
    ...sides,
  );
}

function sideView(title: string, side: WhySide | undefined): HTMLElement {
  const heading = title !== "" && h("h4", {}, title);
  if (!side) return h("div", { class: "side" }, heading, h("p", {}, "Nothing is asked here."));
  const winner = side.rules.find(({ decides }) => decides);
  const losers = side.rules.filter((rule) => rule !== winner);
  return h(
    "div",
    { class: "side" },
    heading,
    side.note !== undefined && h("p", { class: "notice" }, side.note),
    h("ul", { class: "answers" }, ...together(side.answers).map(answerView)),
    winner && ruleView(winner, "Decides"),
    ...losers.map((rule) => ruleView(rule, winner ? "Lost" : "Matches")),
    side.changes.length > 0 &&
      h(
        "details",
        { class: "changes" },
        h("summary", {}, "What would change this"),
        h("ul", {}, ...side.changes.map((text) => h("li", {}, text))),
      ),
  );
}

const VERDICT_SIGNS = { allowed: "✓", conditional: "°", denied: "✗", unknown: "?" } as const;
const VERDICT_WORDS = {
  allowed: "allowed",
  conditional: "allowed under conditions",
  denied: "denied",
  unknown: "not certain",
} as const;

/** One answer for all that are answered alike. */
interface Answer {
  readonly capabilities: string[];
  readonly verdict: WhyAnswer["verdict"];
  readonly reason: string;
}

function together(answers: WhySide["answers"]): Answer[] {
  const alike = new Map<string, Answer>();
  for (const { capability, verdict, reason } of answers) {
    const same = alike.get(`${verdict} ${reason}`);
    if (same) same.capabilities.push(capability);
    else alike.set(`${verdict} ${reason}`, { capabilities: [capability], verdict, reason });
  }
  return [...alike.values()];
}

function answerView({ capabilities, verdict, reason }: Answer): HTMLElement {
  return h(
    "li",
    { class: verdict },
    h("span", { class: "sign", "aria-hidden": "true" }, VERDICT_SIGNS[verdict]),
    h("span", {}, h("strong", {}, capabilities.join(", ")), ` ${VERDICT_WORDS[verdict]}: ${reason}`),
  );
}

function ruleView(rule: WhyRule, role: string): HTMLElement {
  return h(
    "div",
    { class: `rule ${rule.decides ? "wins" : "loses"}` },
    h("p", {}, h("strong", {}, role), `, because ${rule.because}.`),
    ...rule.sources.map(({ policy, text, place }) =>
      h(
        "figure",
        {},
        h(
          "figcaption",
          {},
          "policy ",
          h("bdi", { class: "path" }, policy),
          place && h("bdi", { class: "place" }, placeWords(place)),
        ),
        h("pre", {}, text),
      ),
    ),
  );
}
