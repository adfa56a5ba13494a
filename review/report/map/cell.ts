import { conditionKey, type Deciding, decidingRules, grantOf } from "../../../policies/compare/grant";
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

/** Has no conditions, and so allows the same requests as any other full grant. */
const ROOT: Granted = { level: "full", key: "" };

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

/** One side of a cell. Several intents ask of the same path, which is looked up once. */
class Asking {
  readonly #deciding = new Map<string, Deciding>();

  constructor(readonly access: Access | undefined) {}

  granted(needs: readonly Need[]): Granted {
    if (this.access === undefined || needs.length === 0) return NOTHING;
    if (!("list" in this.access)) return { level: "unknown", key: this.access.failure };
    const { list } = this.access;
    if (list.isRoot) return ROOT;
    if (list.failure !== undefined) return NOTHING;
    if (list.uncertain.length > 0 && needs.some((need) => isUncertain(list, need)))
      return { level: "unknown", key: "template" };
    return this.#grantedBy(list, needs);
  }

  #grantedBy(list: AccessList, needs: readonly Need[]): Granted {
    const levels = new Set<Level>();
    let key = "";
    for (const need of needs) {
      const deciding = this.#decidingOn(list, need.path);
      for (const capability of need.capabilities) {
        if (capability === "deny") continue;
        const { level, rule } = grantOf(deciding, capability);
        levels.add(level);
        key += level === "conditional" ? conditionKey(rule?.conditions, capability) : level[0];
      }
    }
    if (levels.size === 1 && levels.has("none")) return NOTHING;
    return {
      level: levels.has("none") ? "partial" : levels.has("conditional") ? "conditional" : "full",
      key,
    };
  }

  #decidingOn(list: AccessList, path: string): Deciding {
    let deciding = this.#deciding.get(path);
    if (!deciding) {
      deciding = decidingRules(list, path);
      this.#deciding.set(path, deciding);
    }
    return deciding;
  }
}

/** Whether a rule whose template nobody can fill could decide otherwise. */
function isUncertain(list: AccessList, { path, capabilities }: Need): boolean {
  const trimmed = path.endsWith("/") ? path.slice(0, -1) : path;
  if (!list.uncertain.some((rule) => rule.couldMatch(path) || rule.couldMatch(trimmed))) return false;
  return capabilities.some(
    (operation) =>
      decide(list, { operation: operation as Operation, path, sudo: false }).reason === "template",
  );
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
  const real = new Set(changes.filter((change) => change !== "same"));
  if (real.has("uncertain")) return "uncertain";
  if (real.size > 1) return "altered";
  return [...real][0] ?? "same";
}

const FURTHER: readonly Level[] = ["none", "partial", "conditional", "full", "unknown"];

function furthest(levels: readonly Level[]): Level {
  return FURTHER[Math.max(0, ...levels.map((level) => FURTHER.indexOf(level)))] as Level;
}
