import { CAPABILITIES, type Capability, capabilityBit, DENY, isListing } from "../capability";
import type { Dialect } from "../dialect";
import type { AccessList } from "../semantics/access-list";
import type { Conditions, MergedRule } from "../semantics/merged-rule";
import { WITH_PARAMETERS } from "../semantics/parameters";
import { admitsNothing, asksForLimit } from "./judged";

/** What can be compared: each capability as it decides requests; `sudo` as what the deciding rule adds to others. */
export type ComparedCapability = Exclude<Capability, "deny">;

/** All of them, in the order in which policies are printed. */
export const COMPARED_CAPABILITIES = CAPABILITIES.filter(isCompared);

function isCompared(capability: Capability): capability is ComparedCapability {
  return capability !== "deny";
}

/** How far an operation on a path is granted. */
export interface Grant {
  readonly level: "none" | "conditional" | "full";
  readonly rule: MergedRule | undefined;
  /** Whose judgement of the rule's conditions counts. @default that of the grant that it is held against */
  readonly dialect?: Dialect;
}

/** The rules that decide one path, looked up once for all operations. */
export interface Deciding {
  readonly plain: MergedRule | undefined;
  readonly list: MergedRule | undefined;
  readonly scan: MergedRule | undefined;
  readonly dialect?: Dialect;
}

/** The rules that decide a path; for LIST and SCAN on a path with its slash alone, as requests have it. */
export function decidingRules(list: AccessList, path: string): Deciding {
  const { dialect } = list;
  const { listMode, scanMode } = dialect;
  const plain = list.lookup(path);
  // The engine puts the slash behind the path of a list before it looks.
  if (!path.endsWith("/")) return { plain, list: undefined, scan: undefined, dialect };
  const listing = list.lookup(path, listMode);
  const scan =
    scanMode === undefined ? undefined : scanMode === listMode ? listing : list.lookup(path, scanMode);
  return { plain, list: listing, scan, dialect };
}

/** How far the rule that decides a capability grants it. */
export function grantOf(deciding: Deciding, capability: ComparedCapability): Grant {
  const rule = capability === "list" ? deciding.list : capability === "scan" ? deciding.scan : deciding.plain;
  return {
    level: levelOf(rule, capability, deciding.dialect),
    rule,
    ...(deciding.dialect ? { dialect: deciding.dialect } : {}),
  };
}

function levelOf(
  rule: MergedRule | undefined,
  capability: ComparedCapability,
  dialect: Dialect | undefined,
): Grant["level"] {
  if (!rule || (rule.bits & DENY) !== 0 || (rule.bits & capabilityBit(capability)) === 0) return "none";
  if (admitsNothing(rule.conditions, capability, dialect)) return "none";
  return narrows(rule.conditions, capability) ? "conditional" : "full";
}

/** Whether conditions have anything to say about requests with this capability. */
export function narrows(conditions: Conditions | undefined, capability: Capability): boolean {
  if (!conditions) return false;
  const { minWrappingTtl, maxWrappingTtl, mfaMethods, controlGroup } = conditions;
  if (minWrappingTtl || maxWrappingTtl || mfaMethods.length > 0 || controlGroup) return true;
  if (isListing(capability)) return conditions.paginationLimit > 0 || conditions.filterPath !== "";
  if (capability === "subscribe") return conditions.eventTypes.length > 0;
  if (!WITH_PARAMETERS.has(capability)) return false;
  return Boolean(conditions.allowed || conditions.denied || conditions.required.length > 0);
}

/** A text that is the same for conditions that decide the same requests with this capability. */
export function conditionKey(conditions: Conditions | undefined, capability: Capability): string {
  if (!conditions || !narrows(conditions, capability)) return "";
  const { minWrappingTtl, maxWrappingTtl, mfaMethods, controlGroup } = conditions;
  const common = [minWrappingTtl, maxWrappingTtl, mfaMethods.toSorted(), controlGroup ?? null];
  if (isListing(capability)) {
    const page = conditions.paginationLimit > 0 && [conditions.paginationLimit, asksForLimit(conditions)];
    return JSON.stringify([common, page, conditions.filterPath]);
  }
  if (capability === "subscribe") return JSON.stringify([common, conditions.eventTypes.toSorted()]);
  if (!WITH_PARAMETERS.has(capability)) return JSON.stringify(common);
  const lists = [conditions.allowed, conditions.denied].map((map) => map && [...map].map(entryKey).sort());
  return JSON.stringify([common, lists, conditions.required.map((name) => name.toLowerCase()).sort()]);
}

function entryKey([name, values]: readonly [string, readonly unknown[]]): string {
  return JSON.stringify([name, [...new Set(values.map((value) => JSON.stringify(value)))].sort()]);
}
