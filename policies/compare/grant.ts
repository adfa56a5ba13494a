import { type Capability, capabilityBit, DENY } from "../capability";
import type { AccessList } from "../semantics/access-list";
import type { Conditions, MergedRule } from "../semantics/merged-rule";

/** What can be compared: each capability as it decides requests; `sudo` as what the deciding rule adds to others. */
export type ComparedCapability = Exclude<Capability, "deny">;

/** How far an operation on a path is granted. */
export interface Grant {
  readonly level: "none" | "conditional" | "full";
  readonly rule: MergedRule | undefined;
}

const WITH_PARAMETERS: ReadonlySet<Capability> = new Set(["create", "read", "update", "patch", "recover"]);
const LISTING: ReadonlySet<Capability> = new Set(["list", "scan"]);

/** The rules that decide one path, looked up once for all operations. */
export interface Deciding {
  readonly plain: MergedRule | undefined;
  readonly list: MergedRule | undefined;
  readonly scan: MergedRule | undefined;
}

export function decidingRules(list: AccessList, path: string): Deciding {
  const { listMode, scanMode } = list.dialect;
  const plain = list.lookup(path);
  // The engine puts the slash behind the path of a list before it looks.
  if (!path.endsWith("/")) return { plain, list: undefined, scan: undefined };
  const listing = list.lookup(path, listMode);
  const scan =
    scanMode === undefined ? undefined : scanMode === listMode ? listing : list.lookup(path, scanMode);
  return { plain, list: listing, scan };
}

export function grantOf(deciding: Deciding, capability: ComparedCapability): Grant {
  const rule = capability === "list" ? deciding.list : capability === "scan" ? deciding.scan : deciding.plain;
  if (!rule || (rule.bits & DENY) !== 0 || (rule.bits & capabilityBit(capability)) === 0)
    return { level: "none", rule };
  return { level: narrows(rule.conditions, capability) ? "conditional" : "full", rule };
}

/** Whether conditions have anything to say about requests with this capability. */
export function narrows(conditions: Conditions | undefined, capability: Capability): boolean {
  if (!conditions) return false;
  const { minWrappingTtl, maxWrappingTtl, mfaMethods, controlGroup } = conditions;
  if (minWrappingTtl || maxWrappingTtl || mfaMethods.length > 0 || controlGroup) return true;
  if (LISTING.has(capability)) return conditions.paginationLimit > 0 || conditions.filterPath !== "";
  if (capability === "subscribe") return conditions.eventTypes.length > 0;
  if (!WITH_PARAMETERS.has(capability)) return false;
  return Boolean(conditions.allowed || conditions.denied || conditions.required.length > 0);
}

/** A text that is the same for conditions that decide the same requests with this capability. */
export function conditionKey(conditions: Conditions | undefined, capability: Capability): string {
  if (!conditions || !narrows(conditions, capability)) return "";
  const { minWrappingTtl, maxWrappingTtl, mfaMethods, controlGroup } = conditions;
  const common = [minWrappingTtl, maxWrappingTtl, mfaMethods.toSorted(), controlGroup ?? null];
  if (LISTING.has(capability))
    return JSON.stringify([common, conditions.paginationLimit, conditions.filterPath]);
  if (capability === "subscribe") return JSON.stringify([common, conditions.eventTypes.toSorted()]);
  if (!WITH_PARAMETERS.has(capability)) return JSON.stringify(common);
  const lists = [conditions.allowed, conditions.denied].map((map) => map && [...map].map(entryKey).sort());
  return JSON.stringify([common, lists, conditions.required.map((name) => name.toLowerCase()).sort()]);
}

function entryKey([name, values]: readonly [string, readonly unknown[]]): string {
  return JSON.stringify([name, [...new Set(values.map((value) => JSON.stringify(value)))].sort()]);
}
