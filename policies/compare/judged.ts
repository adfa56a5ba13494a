import type { Capability } from "../capability";
import { goLower } from "../language/go-values";
import type { Conditions } from "../semantics/merged-rule";

/** Capabilities whose requests are judged by their parameters. */
export const WITH_PARAMETERS: ReadonlySet<Capability> = new Set([
  "create",
  "read",
  "update",
  "patch",
  "recover",
]);

/**
 * Whether conditions refuse every request with this capability: a longest wrapping time below the shortest, or a parameter that
 * is required and yet denied or not allowed.
 */
export function admitsNothing(conditions: Conditions | undefined, capability: Capability): boolean {
  if (!conditions) return false;
  const { minWrappingTtl: shortest, maxWrappingTtl: longest, allowed, denied, required } = conditions;
  if (shortest !== 0 && longest !== 0 && longest < shortest) return true;
  if (!WITH_PARAMETERS.has(capability) || required.length === 0) return false;
  const restricting = allowed && !allowed.has("*");
  return required
    .map(goLower)
    .some(
      (name) => denied?.has("*") || denied?.get(name)?.length === 0 || (restricting && !allowed.has(name)),
    );
}

/** With a page limit, a caller that gives none gets the limit, unless the parameter is required. */
export function asksForLimit(conditions: Conditions | undefined): boolean {
  return conditions?.required.some((name) => name.toLowerCase() === "limit") ?? false;
}
