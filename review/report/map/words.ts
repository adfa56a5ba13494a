import type { Cell, PartState, SlotState } from "./cell";
import type { Level } from "./granted";

/** A level as the word behind an intent; nothing where it is granted in full. */
const BEHIND: { readonly [level in Level]: string } = {
  none: "",
  partial: " (in part)",
  conditional: " (under conditions)",
  full: "",
  unknown: " (not certain)",
};

/** A cell in a sentence or two, for those who do not see its letters. */
export function cellInWords(cell: Cell, compares: boolean): string {
  const after = sideInWords(cell, "after");
  if (!compares || cell.change === "same") return after;
  const gained = partsThat(cell, "gained");
  const lost = partsThat(cell, "lost");
  const altered = partsThat(cell, "altered");
  const uncertain = partsThat(cell, "uncertain");
  const changes = [
    gained.length > 0 ? `gained: ${gained.join(", ")}` : "",
    lost.length > 0 ? `lost: ${lost.join(", ")}` : "",
    altered.length > 0 ? `altered: ${altered.join(", ")}` : "",
    uncertain.length > 0 ? `not certain: ${uncertain.join(", ")}` : "",
  ].filter((text) => text !== "");
  return `${changes.join("; ")}. Before: ${sideInWords(cell, "before")}. After: ${after}`;
}

/** All that one side grants. */
export function sideInWords(cell: Cell, side: "before" | "after"): string {
  const granted = cell.slots.flatMap(({ parts }) =>
    parts.filter((part) => part[side] !== "none").map((part) => part.part.words + BEHIND[part[side]]),
  );
  return granted.length > 0 ? granted.join(", ") : "no access";
}

function partsThat(cell: Cell, change: PartState["change"]): string[] {
  return cell.slots.flatMap(({ parts }) =>
    parts.filter((part) => part.change === change).map(({ part }) => part.words),
  );
}

/** The letter of a slot: small where something of it is missing, with a sign where it depends. */
export function letterOf({ slot }: SlotState, level: Level): string {
  switch (level) {
    case "none":
      return "·";
    case "partial":
      return slot.letter.toLowerCase();
    case "conditional":
      return `${slot.letter}°`;
    case "unknown":
      return `${slot.letter}?`;
    case "full":
      return slot.letter;
  }
}

/** The sign in front of a slot that changed. */
export const CHANGE_SIGNS: { readonly [change in SlotState["change"]]: string } = {
  same: "",
  gained: "+",
  lost: "−",
  altered: "±",
  uncertain: "?",
};
