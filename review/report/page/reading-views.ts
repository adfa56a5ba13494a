import { placeWords } from "../../place-words";
import type { JudgedGuardrail, ReportData } from "../data";
import { h } from "./dom";

/** Every guardrail of the head, those that are broken first. */
export function guardrailsView(guardrails: readonly JudgedGuardrail[]): HTMLElement {
  const sorted = guardrails.toSorted((a, b) => Number(holds(a)) - Number(holds(b)));
  return reading("Guardrails", guardrails.length, h("ol", {}, ...sorted.map(guardrailView)));
}

function guardrailView(guardrail: JudgedGuardrail): HTMLElement {
  const { words, breaches, waivers, place, system, owner } = guardrail;
  const uncertain = breaches.every(({ unknown, waived }) => unknown || waived);
  const [tone, sign, verdict] = holds(guardrail)
    ? ["holds", "✓", "Holds"]
    : uncertain
      ? ["uncertain", "?", "Not certain"]
      : ["bad", "✗", "Broken"];
  return h(
    "li",
    { class: `finding ${tone}` },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h(
      "div",
      { class: "what" },
      h("p", {}, h("strong", {}, `${verdict}: `), words),
      ...breaches.map(({ title, how, waived }) =>
        h("p", { class: "about" }, h("bdi", {}, title), `: ${how}${waived ? " (waived)" : ""}`),
      ),
      ...waivers.map((waiver) =>
        h("p", { class: "about" }, `Waived for ${waiver.principal} until ${waiver.until}: ${waiver.reason}`),
      ),
      h(
        "p",
        { class: "meta" },
        place && h("bdi", { class: "place" }, placeWords(place)),
        system !== undefined && h("span", {}, system),
        owner !== undefined && h("span", {}, `ask ${owner}`),
      ),
    ),
  );
}

function holds({ breaches }: JudgedGuardrail): boolean {
  return breaches.every(({ waived }) => waived);
}

/** Who can get everything, and how. */
export function escalationsView({ escalations }: ReportData): HTMLElement {
  const entries = escalations.map(({ title, steps }) =>
    h(
      "li",
      { class: "finding bad" },
      h("span", { class: "sign", "aria-hidden": "true" }, "✗"),
      h(
        "div",
        { class: "what" },
        h("p", {}, h("strong", {}, h("bdi", {}, title)), " can get everything"),
        h("ol", { class: "chain" }, ...steps.map((step) => h("li", {}, step))),
      ),
    ),
  );
  return reading("Ways to everything", entries.length, h("ol", {}, ...entries));
}

function reading(title: string, number: number, list: HTMLElement): HTMLElement {
  const heading = h("h2", {}, title, h("span", { class: "number" }, String(number)));
  return h("div", { class: "reading", tabindex: 0 }, h("section", {}, heading, list));
}

/** What a reader should know: notes, and what the sources could not tell. */
export function notesView(notes: readonly string[]): HTMLElement {
  return reading(
    "Notes",
    notes.length,
    h("ul", { class: "notes" }, ...notes.map((note) => h("li", {}, note))),
  );
}

/** Notes and doubts of both sides, each once. */
export function notesOf({ notes, base, head }: ReportData): string[] {
  const doubts = [base, head].flatMap((side) =>
    (side?.doubts ?? []).map(({ reason, place }) => (place ? `${reason} (${placeWords(place)})` : reason)),
  );
  return [...new Set([...notes, ...doubts])];
}
