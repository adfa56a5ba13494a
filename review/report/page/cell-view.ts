import type { Cell, SlotState } from "../map/cell";
import { CHANGE_SIGNS, cellInWords, letterOf, sideInWords } from "../map/words";
import { h, spoken } from "./dom";
import type { State } from "./state";

/** What stands in a cell: letters for those who look, words for those who listen. */
export function cellContent(cell: Cell, side: State["side"], compares: boolean): Node[] {
  if (cell.empty) return [spoken("no access")];
  const words = side === "both" ? cellInWords(cell, compares) : sideInWords(cell, side);
  const letters = h(
    "span",
    { class: "slots", "aria-hidden": "true" },
    ...cell.slots.map((slot) => slotView(slot, side)),
  );
  return [letters, spoken(words)];
}

export function slotView(slot: SlotState, side: State["side"]): HTMLElement {
  if (side !== "both") return plainSlot(letterOf(slot, slot[side]), slot[side]);
  if (slot.change === "same") return plainSlot(letterOf(slot, slot.after), slot.after);
  const level = slot.after === "none" ? slot.before : slot.after;
  const sign = CHANGE_SIGNS[slot.change];
  return h("span", { class: `slot ${slot.change}` }, h("i", {}, sign), letterOf(slot, level));
}

function plainSlot(letter: string, level: string): HTMLElement {
  return h("span", { class: `slot ${level}` }, letter);
}
