import type { Finding } from "../../finding";
import { type BrokenTogether, brokenTogether } from "../../render/broken-together";
import type { ReportData } from "../data";
import { groupFindings } from "../findings";
import { findingsNamed } from "../findings-named";
import type { Matrix } from "../map/matrix";
import { append, count, h } from "./dom";
import { findingView } from "./finding-view";
import type { Store } from "./state";
import { search } from "./toolbar";

/** How many findings of one heading show before the rest is asked for. */
const MOST = 50;
/** So many are read as fast as searched. */
const WITHOUT_SEARCH = 8;

/** Everything that was found, the worst first, each with the way to its cell; searched where there is much. */
export function findingsView(
  { findings, kind, closing }: ReportData,
  matrix: Matrix,
  store: Store,
): HTMLElement {
  const view = h("div", { class: "findings reading", tabindex: 0 });
  if (findings.length === 0) {
    const nothing = kind === "drift" ? "The server is as declared." : "Nothing changed in who may do what.";
    append(
      view,
      h("div", { class: "empty" }, h("p", {}, nothing), closing !== undefined && h("p", {}, closing)),
    );
    return view;
  }
  const sections = h("div");
  const found = h("p", { class: "count", role: "status" });
  const show = (): void => {
    const named = findingsNamed(findings, store.state.find);
    sections.replaceChildren(...sectionsOf(named, (pack) => findingView(pack, matrix, store)));
    if (named.length === 0)
      append(sections, h("p", { class: "empty" }, "No finding has all of these words."));
    found.textContent =
      named.length === findings.length ? "" : `${named.length} of ${count(findings.length, "finding")}`;
  };
  if (findings.length > WITHOUT_SEARCH) append(view, searchBar(store, found));
  append(view, closing !== undefined && h("p", { class: "closing" }, closing), sections);
  store.onChange((_, changed) => changed.has("find") && show());
  show();
  // Paper has nobody who would press them.
  addEventListener("beforeprint", () => {
    for (const button of view.querySelectorAll<HTMLElement>(".rest")) button.click();
    for (const details of view.querySelectorAll("details")) details.open = true;
  });
  return view;
}

function searchBar(store: Store, found: HTMLElement): HTMLElement {
  const { input, field } = search("Search findings", "Who, what, where or whom to ask", (find) =>
    store.set({ find }),
  );
  input.dataset.search = "";
  input.setAttribute("aria-keyshortcuts", "/");
  const fill = (): void => {
    if (input.value !== store.state.find) input.value = store.state.find;
  };
  store.onChange(fill);
  fill();
  return h(
    "form",
    { class: "search", role: "search", submit: (event: Event) => event.preventDefault() },
    field,
    found,
  );
}

function sectionsOf(
  findings: readonly Finding[],
  viewOf: (pack: BrokenTogether) => HTMLElement,
): readonly HTMLElement[] {
  return groupFindings(findings).map(({ title, findings: members }) => {
    const packs = brokenTogether(members);
    const list = h("ol", {}, ...packs.slice(0, MOST).map(viewOf));
    const rest = packs.slice(MOST);
    return h(
      "section",
      {},
      h("h2", {}, title, h("span", { class: "number" }, String(members.length))),
      list,
      rest.length > 0 && restButton(list, rest, viewOf),
    );
  });
}

/** Shows the rest of a list, and goes on where it begins. */
function restButton(
  list: HTMLElement,
  rest: readonly BrokenTogether[],
  viewOf: (pack: BrokenTogether) => HTMLElement,
): HTMLElement {
  const show = (): void => {
    const items = rest.map(viewOf);
    const hadFocus = document.activeElement === button;
    list.append(...items);
    button.remove();
    if (!hadFocus || !items[0]) return;
    items[0].tabIndex = -1;
    items[0].focus();
  };
  const button = h(
    "button",
    { type: "button", class: "quiet rest", click: show },
    `Show ${rest.length} more`,
  );
  return button;
}
