import { someOf } from "../../../base/words";
import { dayOf } from "../../day-of";
import type { AccessChange, Finding, FindingApproval, FindingKind } from "../../finding";
import { placeWords } from "../../place-words";
import { type BrokenTogether, togetherWords } from "../../render/broken-together";
import { clipped } from "../../render/printable";
import { changeWords, requestWords } from "../../render/reasons";
import { signOf } from "../findings";
import { columnOf, locate } from "../map/locate";
import type { Matrix } from "../map/matrix";
import { count, h, spoken } from "./dom";
import type { Store, Subject } from "./state";

/** No sentence that is worth reading is longer; the why has it whole. */
const MOST_LETTERS = 1200;

/**
 * One finding: who and what, what lies behind it, where it stands, whom to ask, and the way to its cell. Guardrails that one
 * rule breaks are one, with each of them below.
 */
export function findingView(pack: BrokenTogether, matrix: Matrix, store: Store): HTMLElement {
  const [finding] = pack;
  const { titles, cause, chain, fix, approval, access, severity } = finding;
  const { sign, tone } = signOf(finding);
  const who =
    titles.length > 4 ? `${titles.slice(0, 3).join(", ")} and ${titles.length - 3} more` : titles.join(", ");
  const sentence = clipped(togetherWords(pack), MOST_LETTERS);
  const isOne = pack.length === 1;
  return h(
    "li",
    { class: `finding ${tone}`, id: `finding-${finding.id}` },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h(
      "div",
      { class: "what" },
      h(
        "p",
        {},
        spoken(`${severity}: `),
        who !== "" && h("strong", {}, h("bdi", {}, who)),
        " ",
        who === "" ? capitalized(sentence) : sentence,
      ),
      isOne && regions(access?.regions),
      cause !== undefined && h("p", { class: "about" }, cause),
      chain && h("ol", { class: "chain" }, ...chain.map((step) => h("li", {}, step))),
      isOne && access && witnessView(finding.kind, access),
      fix !== undefined && h("p", { class: "about" }, fix),
      approval && approvalView(approval),
      isOne
        ? metaView(finding)
        : h(
            "details",
            { class: "together", open: pack.length <= 3 },
            h("summary", {}, `The ${pack.length} guardrails`),
            h("ul", { class: "broken" }, ...pack.map((each) => brokenView(each, matrix, store))),
          ),
    ),
    isOne && showButton(finding, matrix, store),
  );
}

/** One of several guardrails that a rule breaks. */
function brokenView(finding: Finding, matrix: Matrix, store: Store): HTMLElement {
  const { rule = "", access } = finding;
  return h(
    "li",
    { id: `guardrail-${finding.id}` },
    h(
      "div",
      { class: "what" },
      h("p", {}, `“${rule}”`),
      access && h("p", { class: "about" }, "Witness: ", h("code", {}, requestWords(access.witness))),
      metaView(finding),
    ),
    showButton(finding, matrix, store),
  );
}

/** The request that shows the difference, and what becomes of it. */
function witnessView(kind: FindingKind, access: AccessChange): HTMLElement {
  return h(
    "p",
    { class: "about" },
    "Witness: ",
    h("code", {}, clipped(requestWords(access.witness), MOST_LETTERS)),
    `: ${clipped(changeWords(kind, access), MOST_LETTERS)}`,
    access.capabilities.length > 1 && ` (on the API: ${access.capabilities.join(", ")})`,
  );
}

function capitalized(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function approvalView({ by, until, reason, counts }: FindingApproval): HTMLElement {
  const whether = counts ? "Approved" : "Does not count, because this change adds it itself: approved";
  const end = until === undefined ? "" : ` until ${dayOf(until)}`;
  return h("p", { class: counts ? "approved" : "about" }, `${whether} by ${by}${end}: ${reason}`);
}

function metaView({ kind, rule, place, declaredAt, alsoAt = [], owners }: Finding): HTMLElement {
  const places = [place, declaredAt, ...alsoAt].flatMap((each) => (each ? [placeWords(each)] : []));
  const shown = places.length > 4 ? [...places.slice(0, 3), `and ${places.length - 3} more`] : places;
  return h(
    "p",
    { class: "meta" },
    ...shown.map((text) => h("bdi", { class: "place" }, text)),
    owners.length > 0 && h("span", {}, `ask ${someOf(owners, 6)}`),
    kind === "lint" && rule !== undefined && h("span", {}, rule),
  );
}

/** Looks for the cell only when it is asked for; what is about no cell is shown with its principal. */
function showButton(finding: Finding, matrix: Matrix, store: Store): HTMLElement | undefined {
  const column = columnOf(matrix, finding);
  if (column === undefined) return undefined;
  return h(
    "button",
    {
      type: "button",
      class: "quiet",
      click: () => {
        const spot = locate(matrix, finding);
        const subject: Subject = spot ? { kind: "cell", ...spot } : { kind: "column", column };
        store.set({ view: "map", subject });
      },
    },
    finding.access ? "Why" : "Who",
    spoken(`: ${finding.titles[0] ?? ""} ${finding.sentence}`),
  );
}

function regions(all: readonly string[] | undefined): HTMLElement | undefined {
  if (!all || all.length < 2) return undefined;
  return h(
    "details",
    { class: "regions" },
    h("summary", {}, count(all.length, "place")),
    h(
      "ul",
      { tabindex: 0, "aria-label": "Places" },
      ...all.map((region) => h("li", {}, h("bdi", { class: "path" }, region))),
    ),
  );
}
