import { nothingWords } from "../../render/summary";
import type { PackedSide, ReportData } from "../data";
import { headline } from "../findings";
import { pageTitle } from "../title";
import { h } from "./dom";
import { themeSwitch } from "./theme";

/** What the page is about: the two revisions, the news in one line, and the views there are. */
export function header(data: ReportData, views: HTMLElement): HTMLElement {
  const { base, head } = data;
  const sides = base
    ? [side(base, base.engine !== head.engine), h("span", { class: "to" }, "→"), side(head)]
    : [side(head)];
  const title = h(
    "div",
    { class: "title" },
    h("h1", {}, pageTitle(data.kind)),
    h("p", { class: "revisions" }, ...sides),
  );
  return h(
    "header",
    {},
    h("div", { class: "top" }, title, data.kind !== "map" && news(data, data.kind), themeSwitch()),
    views,
  );
}

function news({ findings }: ReportData, command: "review" | "drift"): HTMLElement {
  const parts = headline(findings);
  const shown = parts.length > 0 ? parts : [{ text: nothingWords({ command }), tone: "holds" }];
  return h(
    "ul",
    { class: "news", "aria-label": "In short" },
    ...shown.map(({ text, tone }) => h("li", { class: tone }, text)),
  );
}

/** The engine of two sides is told once when it is the same. */
function side({ label, engine }: PackedSide, withEngine = true): HTMLElement {
  const product = withEngine && h("span", { class: "engine" }, engine.replace("@", " "));
  return h("span", { class: "revision" }, h("bdi", {}, label), product);
}
