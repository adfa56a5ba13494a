import { EVERYTHING } from "../map/filter";
import { Matrix } from "../map/matrix";
import { append, h } from "./dom";
import { findingsView } from "./findings-view";
import { header } from "./header";
import { loadData } from "./load";
import { MapView } from "./map-view";
import { Panel } from "./panel";
import { escalationsView, guardrailsView, notesOf, notesView } from "./reading-views";
import { Store, type Subject } from "./state";
import { type Tab, tabs } from "./tabs";

/** The width up to which style/media.css lets the panel cover the page. */
const COVERED = matchMedia("(max-width: 720px)");

/** Puts the page together; everything that it knows is in it. */
async function start(): Promise<void> {
  const data = await loadData();
  const matrix = new Matrix(data);
  const notes = notesOf(data);
  const isThere: { readonly [view: string]: boolean } = {
    findings: data.kind !== "map",
    map: true,
    escalation: data.escalations.length > 0,
    guardrails: data.guardrails.length > 0,
    notes: notes.length > 0,
  };
  const views = Object.keys(isThere).filter((view) => isThere[view]);
  const store = new Store(matrix, views, {
    view: data.kind === "map" || data.findings.length === 0 ? "map" : "findings",
    filter: EVERYTHING,
  });
  const map = new MapView(matrix, store);
  const close = (): void => {
    const { subject } = store.state;
    store.set({ subject: undefined });
    if (subject) map.grid.focus();
  };
  const panel = new Panel(matrix, (subject) => store.set({ subject }), close);
  const all: Tab[] = [
    {
      id: "findings",
      title: "Findings",
      number: data.findings.length,
      element: findingsView(data, matrix, store),
    },
    { id: "map", title: "Access map", element: map.element },
    {
      id: "escalation",
      title: "Ways to everything",
      number: data.escalations.length,
      element: escalationsView(data),
    },
    {
      id: "guardrails",
      title: "Guardrails",
      number: data.guardrails.length,
      element: guardrailsView(data.guardrails),
    },
    { id: "notes", title: "Notes", number: notes.length, element: notesView(notes) },
  ].filter(({ id }) => isThere[id]);
  const top = header(data, tabs(all, store));
  append(
    document.getElementById("app") as HTMLElement,
    top,
    h("main", {}, ...all.map(({ element }) => element), panel.element),
  );
  // Where the panel covers everything else, nothing else can have the focus.
  const cover = (): void => {
    for (const element of [top, ...all.map((tab) => tab.element)])
      element.inert = panel.isOpen && COVERED.matches;
  };
  COVERED.addEventListener("change", cover);
  const showSubject = (subject: Subject | undefined): void => {
    panel.show(store.state.view === "map" ? subject : undefined);
    map.grid.mark(panel.isOpen ? subject : undefined);
    cover();
    if (!panel.isOpen) return;
    // The panel has taken its room, and the grid knows how much is left.
    if (subject && !map.grid.reveal(subject)) {
      store.clearFilter();
      map.grid.reveal(subject);
    }
    panel.focus();
  };
  map.start();
  store.onChange((state, changed) => {
    if (changed.has("subject") || changed.has("view")) showSubject(state.subject);
  });
  addEventListener("keydown", (event) => {
    const typing = (event.target as Element).matches("input, select, textarea");
    if (event.key === "Escape" && panel.isOpen) close();
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const own = all
      .find(({ id }) => id === store.state.view)
      ?.element.querySelector<HTMLElement>("[data-search]");
    if (!own) store.set({ view: "map" });
    (own ?? map.element.querySelector<HTMLElement>("[data-search]"))?.focus();
  });
  addEventListener("beforeprint", () => map.onPaper(true));
  addEventListener("afterprint", () => map.onPaper(false));
  if (store.state.subject) showSubject(store.state.subject);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

start().catch((error: Error) => {
  append(
    document.getElementById("app") as HTMLElement,
    h("p", { class: "empty" }, `This page cannot be shown: ${error.message}`),
  );
});
