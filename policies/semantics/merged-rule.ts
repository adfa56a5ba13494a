import { DENY, toBits } from "../capability";
import type { Dialect } from "../dialect";
import type { ControlGroup, Parameters, ParameterValue, PolicyRule } from "../rule";
import type { Pattern } from "./rank";

/** Where a merged rule comes from. */
export interface RuleSource {
  readonly policy: string;
  /** Index into the rules of that policy's document. */
  readonly index: number;
  readonly rule: PolicyRule;
}

/** All rules of one kind and pattern, merged as the engine merges them. Shared and immutable once compiled. */
export interface MergedRule {
  readonly pattern: Pattern;
  /** Capabilities as bits (capability.ts). */
  readonly bits: number;
  readonly conditions: Conditions | undefined;
  readonly sources: readonly RuleSource[];
}

/** What narrows a grant; only rules that narrow anything have one. */
export interface Conditions {
  minWrappingTtl: number;
  maxWrappingTtl: number;
  allowed: Map<string, readonly ParameterValue[]> | undefined;
  denied: Map<string, readonly ParameterValue[]> | undefined;
  required: string[];
  mfaMethods: string[];
  paginationLimit: number;
  filterPath: string;
  controlGroup: ControlGroup | undefined;
  eventTypes: string[];
}

type Building = { -readonly [key in keyof MergedRule]: MergedRule[key] } & { sources: RuleSource[] };

/** Starts a merged rule with its first source. */
export function startRule(pattern: Pattern, source: RuleSource): MergedRule {
  const bits = toBits(source.rule.capabilities);
  return {
    pattern,
    bits: (bits & DENY) !== 0 ? DENY : bits,
    conditions: conditionsOf(source.rule),
    sources: [source],
  };
}

/**
 * Adds one more source, in the order of policies and rules. Deny is sticky; capabilities are united; wrapping times take
 * the minimum; parameters are united by name, an empty list absorbs; a rule without restrictions lifts nothing.
 */
export function addSource(merged: MergedRule, source: RuleSource, dialect: Dialect): void {
  const building = merged as Building;
  building.sources.push(source);
  if ((building.bits & DENY) !== 0) return;
  const bits = toBits(source.rule.capabilities);
  if ((bits & DENY) !== 0) {
    building.bits = DENY;
    building.conditions = undefined;
    return;
  }
  building.bits |= bits;
  const added = conditionsOf(source.rule);
  if (!added) return;
  building.conditions = building.conditions
    ? mergeConditions(building.conditions, added, dialect)
    : firstConditions(added, dialect);
}

function conditionsOf(rule: PolicyRule): Conditions | undefined {
  const narrows =
    rule.allowedParameters ??
    rule.deniedParameters ??
    rule.requiredParameters ??
    rule.minWrappingTtl ??
    rule.maxWrappingTtl ??
    rule.mfaMethods ??
    rule.paginationLimit ??
    rule.listScanResponseKeysFilterPath ??
    rule.controlGroup ??
    rule.subscribeEventTypes;
  if (narrows === undefined) return undefined;
  return {
    minWrappingTtl: rule.minWrappingTtl ?? 0,
    maxWrappingTtl: rule.maxWrappingTtl ?? 0,
    allowed: mapOf(rule.allowedParameters),
    denied: mapOf(rule.deniedParameters),
    required: [...(rule.requiredParameters ?? [])],
    mfaMethods: [...(rule.mfaMethods ?? [])],
    paginationLimit: rule.paginationLimit ?? 0,
    filterPath: rule.listScanResponseKeysFilterPath ?? "",
    controlGroup: rule.controlGroup,
    eventTypes: [...(rule.subscribeEventTypes ?? [])],
  };
}

/** A later rule brings no control group in OpenBao and no event types in Vault where the first had none. */
function firstConditions(added: Conditions, dialect: Dialect): Conditions {
  const controlGroup = dialect.product === "openbao" ? undefined : added.controlGroup;
  return { ...added, controlGroup, eventTypes: [] };
}

function mergeConditions(before: Conditions, added: Conditions, dialect: Dialect): Conditions {
  const limits = [before.paginationLimit, added.paginationLimit].filter((limit) => limit > 0);
  return {
    minWrappingTtl: shorter(before.minWrappingTtl, added.minWrappingTtl),
    maxWrappingTtl: shorter(before.maxWrappingTtl, added.maxWrappingTtl),
    allowed: mergeMaps(before.allowed, added.allowed),
    denied: mergeMaps(before.denied, added.denied),
    required: [...new Set([...before.required, ...added.required])],
    mfaMethods: [...new Set([...before.mfaMethods, ...added.mfaMethods])],
    paginationLimit: limits.length > 0 ? Math.min(...limits) : 0,
    filterPath: before.filterPath || added.filterPath,
    controlGroup: mergeControlGroups(before.controlGroup, added.controlGroup, dialect),
    eventTypes: before.eventTypes.length > 0 ? [...new Set([...before.eventTypes, ...added.eventTypes])] : [],
  };
}

function mergeControlGroups(
  before: ControlGroup | undefined,
  added: ControlGroup | undefined,
  dialect: Dialect,
): ControlGroup | undefined {
  if (dialect.product === "openbao") return before;
  if (!before || !added) return before ?? added;
  return { ...before, factors: [...before.factors, ...added.factors] };
}

function shorter(a: number, b: number): number {
  return a > 0 && b > 0 ? Math.min(a, b) : a || b;
}

function mapOf(parameters: Parameters | undefined): Map<string, readonly ParameterValue[]> | undefined {
  if (!parameters) return undefined;
  const entries = Object.entries(parameters);
  return entries.length > 0 ? new Map(entries) : undefined;
}

function mergeMaps(
  before: Map<string, readonly ParameterValue[]> | undefined,
  added: Map<string, readonly ParameterValue[]> | undefined,
): Map<string, readonly ParameterValue[]> | undefined {
  if (!before || !added) return before ?? added;
  const merged = new Map(before);
  for (const [name, values] of added) {
    const old = merged.get(name);
    if (values.length === 0 || old?.length === 0) merged.set(name, []);
    else merged.set(name, [...values, ...(old ?? [])]);
  }
  return merged;
}
