import { Asking, type Granted, type Level } from "./granted";
import type { Part, Slot } from "./parts";
import type { Row } from "./row";
import type { Access } from "./side";

export type Change = "same" | "gained" | "lost" | "altered" | "uncertain";

export interface PartState {
  readonly part: Part;
  readonly before: Level;
  readonly after: Level;
  readonly change: Change;
}

export interface SlotState {
  readonly slot: Slot;
  readonly before: Level;
  readonly after: Level;
  readonly change: Change;
  readonly parts: readonly PartState[];
}

/** What a principal may do to a secret, before and after. */
export interface Cell {
  readonly slots: readonly SlotState[];
  readonly change: Change;
  /** Nothing is granted on either side. */
  readonly empty: boolean;
}

export function cellOf(row: Row, before: Access | undefined, after: Access | undefined): Cell {
  const was = new Asking(before);
  // Where nothing is another, the second answer is the first.
  const same = before === after && row.needsBefore === row.needsAfter;
  const is = same ? was : new Asking(after);
  const slots = row.slots.map((slot) => slotState(slot, row, was, is));
  return {
    slots,
    change: together(slots.map(({ change }) => change)),
    empty: slots.every((slot) => slot.before === "none" && slot.after === "none"),
  };
}

function slotState(slot: Slot, row: Row, before: Asking, after: Asking): SlotState {
  const parts = slot.parts.map((part): PartState => {
    const was = before.granted(row.needsBefore(part.id));
    const is = before === after ? was : after.granted(row.needsAfter(part.id));
    return { part, before: was.level, after: is.level, change: changeOf(was, is) };
  });
  return {
    slot,
    before: furthest(parts.map((part) => part.before)),
    after: furthest(parts.map((part) => part.after)),
    change: together(parts.map(({ change }) => change)),
    parts,
  };
}

function changeOf(was: Granted, is: Granted): Change {
  if (was.level === is.level && (was.level === "full" || was.key === is.key)) return "same";
  if (was.level === "unknown" || is.level === "unknown") return "uncertain";
  if (was.level === "none") return "gained";
  if (is.level === "none") return "lost";
  return "altered";
}

/** One word for several changes: gained or lost when all that change do so. */
function together(changes: readonly Change[]): Change {
  let found: Change = "same";
  for (const change of changes) {
    if (change === "uncertain") return change;
    if (change === "same" || change === found) continue;
    found = found === "same" ? change : "altered";
  }
  return found;
}

const FURTHER: readonly Level[] = ["none", "partial", "conditional", "full", "unknown"];

function furthest(levels: readonly Level[]): Level {
  return FURTHER[Math.max(0, ...levels.map((level) => FURTHER.indexOf(level)))] as Level;
}
