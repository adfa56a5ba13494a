import { conditionKey, decidingRules, grantOf } from "../../../policies/compare/grant";
import type { Need } from "../../../policies/intents";
import type { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import type { Operation } from "../../../policies/semantics/request";
import type { Part, Slot } from "./parts";
import type { Row } from "./rows";
import type { Access } from "./side";

/** How far something is granted. `partial`: something that it needs is missing; `unknown`: nobody can tell. */
export type Level = "none" | "partial" | "conditional" | "full" | "unknown";

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

interface Granted {
  readonly level: Level;
  /** Equal for grants that allow the same requests. */
  readonly key: string;
}

const NOTHING: Granted = { level: "none", key: "" };

export function cellOf(row: Row, before: Access | undefined, after: Access | undefined): Cell {
  const slots = row.slots.map((slot) => slotState(slot, row, before, after));
  return {
    slots,
    change: together(slots.map(({ change }) => change)),
    empty: slots.every((slot) => slot.before === "none" && slot.after === "none"),
  };
}

function slotState(slot: Slot, row: Row, before: Access | undefined, after: Access | undefined): SlotState {
  const parts = slot.parts.map((part): PartState => {
    const was = granted(before, row.needsBefore(part.id));
    const is = granted(after, row.needsAfter(part.id));
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

function granted(access: Access | undefined, needs: readonly Need[]): Granted {
  if (access === undefined || needs.length === 0) return NOTHING;
  if (!("list" in access)) return { level: "unknown", key: access.failure };
  const { list } = access;
  if (list.isRoot)
    return { level: "full", key: needs.flatMap((need) => need.capabilities.map(() => "f")).join("") };
  if (list.failure !== undefined) return NOTHING;
  let some = false;
  let all = true;
  let conditional = false;
  let key = "";
  for (const need of needs) {
    if (list.uncertain.length > 0 && isUncertain(list, need)) return { level: "unknown", key: "template" };
    const deciding = decidingRules(list, need.path);
    for (const capability of need.capabilities) {
      if (capability === "deny") continue;
      const { level, rule } = grantOf(deciding, capability);
      key += level[0];
      if (level === "none") all = false;
      else some = true;
      if (level !== "conditional") continue;
      conditional = true;
      key += conditionKey(rule?.conditions, capability);
    }
  }
  if (!some) return NOTHING;
  return { level: all ? (conditional ? "conditional" : "full") : "partial", key };
}

function isUncertain(list: AccessList, { path, capabilities }: Need): boolean {
  return capabilities.some(
    (operation) =>
      decide(list, { operation: operation as Operation, path, sudo: false }).reason === "template",
  );
}

function changeOf(was: Granted, is: Granted): Change {
  if (was.level === is.level && was.key === is.key) return "same";
  if (was.level === "unknown" || is.level === "unknown") return "uncertain";
  if (was.level === "none") return "gained";
  if (is.level === "none") return "lost";
  return "altered";
}

/** One word for several changes: gained or lost when all that change do so. */
function together(changes: readonly Change[]): Change {
  const real = new Set(changes.filter((change) => change !== "same"));
  if (real.has("uncertain")) return "uncertain";
  if (real.size > 1) return "altered";
  return [...real][0] ?? "same";
}

const FURTHER: readonly Level[] = ["none", "partial", "conditional", "full", "unknown"];

function furthest(levels: readonly Level[]): Level {
  return FURTHER[Math.max(0, ...levels.map((level) => FURTHER.indexOf(level)))] as Level;
}
