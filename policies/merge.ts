import { fromBits, toBits } from "./capability";
import { canonicalPath } from "./pattern";
import type { Parameters, ParameterValue, PolicyRule } from "./rule";

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/**
 * One rule for each path, sorted by path, that decides as the given rules do together. Rules with a time limit, a
 * control group or event types are left apart: engines merge those differently, or not at all.
 */
export function mergeRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const byPath = new Map<string, PolicyRule[]>();
  for (const rule of rules) {
    const path = canonicalPath(rule.path);
    const same = byPath.get(path);
    if (same) same.push(rule);
    else byPath.set(path, [rule]);
  }
  const paths = [...byPath.keys()].sort();
  return paths.flatMap((path) => {
    const same = byPath.get(path) as PolicyRule[];
    const apart = same.length > 1 && same.some(staysApart);
    return apart ? same.map((rule) => mergeSame(path, [rule])) : [mergeSame(path, same)];
  });
}

function staysApart(rule: PolicyRule): boolean {
  return (
    rule.expiration !== undefined || rule.controlGroup !== undefined || rule.subscribeEventTypes !== undefined
  );
}

const PLAIN = new Set(["path", "capabilities", "comment"]);

/** Most rules name a path and what is allowed there, and nothing else. */
function isPlain(rule: PolicyRule): boolean {
  for (const key in rule) if (!PLAIN.has(key)) return false;
  return true;
}

function mergeSame(path: string, rules: readonly PolicyRule[]): PolicyRule {
  const only = rules.length === 1 ? rules[0] : undefined;
  if (only && isPlain(only) && !only.comment?.includes("\n")) {
    // As nearly every rule stands already.
    if (only.path === path && only.capabilities.length === 1 && only.comment !== "") return only;
    const plain = { path, capabilities: mergedCapabilities(rules) };
    return only.comment ? { ...plain, comment: only.comment } : plain;
  }
  const merged: Mutable<PolicyRule> = { path, capabilities: mergedCapabilities(rules) };
  const comments = new Set(rules.flatMap((rule) => rule.comment?.split("\n") ?? []));
  if (comments.size > 0) merged.comment = [...comments].join("\n");
  const first = rules[0];
  if (first?.expiration !== undefined) merged.expiration = first.expiration;
  // Nothing that narrows a grant matters where everything is denied.
  if (merged.capabilities.includes("deny")) return merged;

  const allowed = mergeParameters(rules.map((rule) => rule.allowedParameters));
  if (allowed) merged.allowedParameters = allowed;
  const denied = mergeParameters(rules.map((rule) => rule.deniedParameters));
  if (denied) merged.deniedParameters = denied;
  const required = new Set(rules.flatMap((rule) => rule.requiredParameters ?? []));
  if (required.size > 0) merged.requiredParameters = [...required];
  const minimum = smallest(rules.map((rule) => rule.minWrappingTtl));
  if (minimum) merged.minWrappingTtl = minimum;
  const maximum = smallest(rules.map((rule) => rule.maxWrappingTtl));
  if (maximum) merged.maxWrappingTtl = maximum;
  const mfa = new Set(rules.flatMap((rule) => rule.mfaMethods ?? []));
  if (mfa.size > 0) merged.mfaMethods = [...mfa];
  if (first?.controlGroup) merged.controlGroup = first.controlGroup;
  const limit = smallest(rules.map((rule) => rule.paginationLimit));
  if (limit) merged.paginationLimit = limit;
  const filter = rules.find((rule) => rule.listScanResponseKeysFilterPath)?.listScanResponseKeysFilterPath;
  if (filter) merged.listScanResponseKeysFilterPath = filter;
  if (first?.subscribeEventTypes?.length) merged.subscribeEventTypes = first.subscribeEventTypes;
  return merged;
}

function mergedCapabilities(rules: readonly PolicyRule[]): PolicyRule["capabilities"] {
  if (rules.some((rule) => rule.capabilities.includes("deny"))) return ["deny"];
  return fromBits(rules.reduce((bits, rule) => bits | toBits(rule.capabilities), 0));
}

/** Union by name; an empty list, which stands for every value, absorbs the others. Sorted by name. */
export function mergeParameters(all: readonly (Parameters | undefined)[]): Parameters | undefined {
  const merged = new Map<string, readonly ParameterValue[]>();
  for (const parameters of all) {
    for (const [name, values] of Object.entries(parameters ?? {})) {
      const before = merged.get(name);
      if (!before) merged.set(name, unique(values));
      else merged.set(name, values.length === 0 || before.length === 0 ? [] : unique([...before, ...values]));
    }
  }
  if (merged.size === 0) return undefined;
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unique(values: readonly ParameterValue[]): readonly ParameterValue[] {
  const seen = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...seen.values()];
}

function smallest(values: readonly (number | undefined)[]): number | undefined {
  const set = values.filter((value) => value !== undefined && value > 0) as number[];
  return set.length > 0 ? Math.min(...set) : undefined;
}
