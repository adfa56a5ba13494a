import type { Capability } from "../capability";
import type { Dialect } from "../dialect";
import { goLower } from "../language/go-values";
import type { Conditions } from "../semantics/merged-rule";
import { WITH_PARAMETERS } from "../semantics/parameters";
import { includesValues } from "./values";

/**
 * Whether conditions refuse every request with this capability: a longest wrapping time below the shortest, or a parameter that
 * is required and yet denied or not allowed, itself or with each of the values that are.
 */
export function admitsNothing(
  conditions: Conditions | undefined,
  capability: Capability,
  dialect?: Dialect,
): boolean {
  if (!conditions) return false;
  const { minWrappingTtl: shortest, maxWrappingTtl: longest, allowed, denied, required } = conditions;
  if (shortest !== 0 && longest !== 0 && longest < shortest) return true;
  if (!WITH_PARAMETERS.has(capability) || required.length === 0) return false;
  const restricting = allowed && !allowed.has("*");
  return required.map(goLower).some((name) => {
    const [only, never] = [allowed?.get(name), denied?.get(name)];
    if (denied?.has("*") || never?.length === 0 || (restricting && !only)) return true;
    // Where elements are looked at, a list without any passes both lists.
    if (!only?.length || (dialect?.matchesElements ?? true)) return false;
    return includesValues(never ?? "none", only);
  });
}

/** With a page limit, a caller that gives none gets the limit, unless the parameter is required. */
export function asksForLimit(conditions: Conditions | undefined): boolean {
  return conditions?.required.some((name) => name.toLowerCase() === "limit") ?? false;
}
