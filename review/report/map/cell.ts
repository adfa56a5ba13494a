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

/** Of which side the source could not tell everything about a principal. */
export interface Doubtful {
  readonly before: boolean;
  readonly after: boolean;
}

const CERTAIN: Doubtful = { before: false, after: false };

/** @param doubtful what differs on such a side is not told as gained or lost, and what is missing there may be granted */
export function cellOf(
  row: Row,
  before: Access | undefined,
  after: Access | undefined,
  doubtful: Doubtful = CERTAIN,
): Cell {
  const was = new Asking(before);
  // Where nothing is another, the second answer is the first.
  const same = before === after && row.needsBefore === row.needsAfter;
  const is = same ? was : new Asking(after);
  const slots = row.slots.map((slot) => slotState(slot, row, was, is, doubtful));
  return {
    slots,
    change: together(slots.map(({ change }) => change)),
    empty: slots.every((slot) => slot.before === "none" && slot.after === "none"),
  };
}

function slotState(slot: Slot, row: Row, before: Asking, after: Asking, doubtful: Doubtful): SlotState {
  const parts = slot.parts.map((part): PartState => {
    const was = before.granted(row.needsBefore(part.id));
    const is = before === after ? was : after.granted(row.needsAfter(part.id));
    const change = changeOf(was, is);
    if (change === "same" || !(doubtful.before || doubtful.after))
      return { part, before: was.level, after: is.level, change };
    return {
      part,
      before: doubted(was.level, doubtful.before),
      after: doubted(is.level, doubtful.after),
      change: "uncertain",
    };
  });
  return {
    slot,
    before: furthest(parts.map((part) => part.before)),
    after: furthest(parts.map((part) => part.after)),
    change: together(parts.map(({ change }) => change)),
    parts,
  };
}

function doubted(level: Level, isDoubtful: boolean): Level {
  return isDoubtful && level === "none" ? "unknown" : level;
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
