import { h } from "./dom";
import type { Store } from "./state";

/** One view of the page. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly number?: number;
  readonly element: HTMLElement;
}

/** The row of tabs, by the ARIA pattern: arrows move and choose. */
export function tabs(all: readonly Tab[], store: Store): HTMLElement {
  const buttons = all.map(({ id, title, number }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": `view-${id}`,
        click: () => store.set({ view: id, subject: undefined }),
      },
      title,
      number !== undefined && h("span", { class: "number" }, String(number)),
    ),
  );
  for (const { id, element } of all) {
    element.id = `view-${id}`;
    element.setAttribute("role", "tabpanel");
    element.setAttribute("aria-labelledby", `tab-${id}`);
  }
  const choose = (): void => {
    for (const [index, { id, element }] of all.entries()) {
      const chosen = id === store.state.view;
      element.hidden = !chosen;
      buttons[index]?.setAttribute("aria-selected", String(chosen));
      if (buttons[index]) buttons[index].tabIndex = chosen ? 0 : -1;
    }
  };
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": "Views" }, ...buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = all.findIndex(({ id }) => id === store.state.view);
    const next =
      event.key === "Home"
        ? 0
        : event.key === "End"
          ? all.length - 1
          : step && (at + step + all.length) % all.length;
    if (next === undefined) return;
    event.preventDefault();
    store.set({ view: all[next]?.id ?? "", subject: undefined });
    buttons[next]?.focus();
  });
  store.onChange(choose);
  choose();
  return list;
}
