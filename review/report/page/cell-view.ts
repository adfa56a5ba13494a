import type { Cell, SlotState } from "../map/cell";
import type { Level } from "../map/granted";
import { CHANGE_SIGNS, cellInWords, letterOf, sideInWords } from "../map/words";
import { h, spoken } from "./dom";
import type { State } from "./state";

/** What stands in a cell: letters for those who look, words for those who listen. */
export function cellContent(cell: Cell, side: State["side"], compares: boolean, isDoubtful: boolean): Node[] {
  const doubt = isDoubtful ? ". The source could not tell everything of this principal" : "";
  if (cell.empty) return [spoken(`no access${doubt}`)];
  const words = (side === "both" ? cellInWords(cell, compares) : sideInWords(cell, side)) + doubt;
  const letters = h(
    "span",
    { class: "slots", "aria-hidden": "true" },
    ...cell.slots.map((slot) => slotView(slot, side)),
  );
  return [letters, spoken(words)];
}

export function slotView(slot: SlotState, side: State["side"]): HTMLElement {
  if (side !== "both") return plainSlot(slot, slot[side]);
  if (slot.change === "same") return plainSlot(slot, slot.after);
  const level = slot.after === "none" ? slot.before : slot.after;
  // One question mark says it.
  const sign = level === "unknown" ? "" : CHANGE_SIGNS[slot.change];
  return h("span", { class: `slot ${slot.change}` }, sign !== "" && h("i", {}, sign), ...marked(slot, level));
}

function plainSlot(slot: SlotState, level: Level): HTMLElement {
  return h("span", { class: `slot ${level}` }, ...marked(slot, level));
}

/** The letter, and the mark behind it where it has one. */
function marked(slot: SlotState, level: Level): (string | HTMLElement)[] {
  const [letter = "", mark] = letterOf(slot, level);
  return mark === undefined ? [letter] : [letter, h("b", {}, mark)];
}
