import type { Level } from "../map/granted";
import { PATH_SLOTS, SECRET_SLOTS, type Slot } from "../map/parts";
import { slotView } from "./cell-view";
import { h } from "./dom";

/** What letters and signs stand for. */
export function legend(compares: boolean): HTMLElement {
  const example = (
    before: Level,
    after: Level,
    change: "same" | "gained" | "lost" | "altered" | "uncertain",
  ): HTMLElement => slotView({ slot: SECRET_SLOTS[0] as Slot, before, after, change, parts: [] }, "both");
  const signs: [HTMLElement, string][] = [
    [example("partial", "partial", "same"), "small: only a part of it"],
    [example("conditional", "conditional", "same"), "under conditions, such as parameters"],
    [example("unknown", "unknown", "same"), "nobody can tell"],
  ];
  const changes: [HTMLElement, string][] = [
    [example("none", "full", "gained"), "gained"],
    [example("full", "none", "lost"), "lost"],
    [example("full", "conditional", "altered"), "granted on both sides, and not for the same requests"],
  ];
  const legend = h(
    "details",
    {
      class: "legend",
      keydown: (event: KeyboardEvent) => {
        if (event.key !== "Escape" || !legend.open) return;
        event.stopPropagation();
        legend.open = false;
        legend.querySelector("summary")?.focus();
      },
    },
    h("summary", {}, "Legend"),
    h(
      "div",
      // It scrolls where it has no room, by keys as well.
      { class: "card", tabindex: 0, role: "group", "aria-label": "Legend" },
      letters("On a secret", SECRET_SLOTS),
      letters("On an API path", PATH_SLOTS),
      h("h2", {}, "Signs"),
      list([...signs, ...(compares ? changes : [])]),
      h("h2", {}, "Keys"),
      list([
        [h("kbd", {}, "/"), "search"],
        [h("kbd", {}, "↑ ↓ ← →"), "move"],
        [h("kbd", {}, "Enter"), "why"],
        [h("kbd", {}, "Esc"), "back"],
      ]),
    ),
  );
  return legend;
}

function letters(title: string, slots: readonly Slot[]): HTMLElement {
  const rows = slots.map(({ letter, words }): [HTMLElement, string] => [
    h("span", { class: "slot full" }, letter),
    words,
  ]);
  return h("section", {}, h("h2", {}, title), list(rows));
}

function list(pairs: readonly (readonly [HTMLElement, string])[]): HTMLElement {
  return h("dl", {}, ...pairs.map(([sign, words]) => h("div", {}, h("dt", {}, sign), h("dd", {}, words))));
}
