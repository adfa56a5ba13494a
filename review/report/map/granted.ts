import { conditionKey, type Deciding, decidingRules, grantOf } from "../../../policies/compare/grant";
import type { Need } from "../../../policies/kv-intents";
import type { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import type { Operation } from "../../../policies/semantics/request";
import { couldDecide } from "../../../policies/semantics/uncertain-rule";
import type { Access } from "./side";

/** How far something is granted. `partial`: something that it needs is missing; `unknown`: nobody can tell. */
export type Level = "none" | "partial" | "conditional" | "full" | "unknown";

/** What is granted of what a part needs. */
export interface Granted {
  readonly level: Level;
  /** Equal for grants that allow the same requests. */
  readonly key: string;
}

const NOTHING: Granted = { level: "none", key: "" };

/** Has no conditions, and so allows the same requests as any other full grant. */
const ROOT: Granted = { level: "full", key: "" };

/** One side of a cell. Several intents ask of the same path, which is looked up once. */
export class Asking {
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
    let some = false;
    let all = true;
    let conditional = false;
    let key = "";
    for (const need of needs) {
      const deciding = this.#decidingOn(list, need.path);
      for (const capability of need.capabilities) {
        if (capability === "deny") continue;
        const { level, rule } = grantOf(deciding, capability);
        if (level === "none") all = false;
        else some = true;
        conditional ||= level === "conditional";
        key += level === "conditional" ? conditionKey(rule?.conditions, capability) : level[0];
      }
    }
    if (!some) return NOTHING;
    return { level: all ? (conditional ? "conditional" : "full") : "partial", key };
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
  if (!list.uncertain.some((rule) => couldDecide(rule, path, true))) return false;
  return capabilities.some(
    (operation) =>
      decide(list, { operation: operation as Operation, path, sudo: false }).reason === "template",
  );
}
