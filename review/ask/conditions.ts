import type { Capability } from "../../policies/capability";
import { narrows } from "../../policies/compare/grant";
import { printDuration } from "../../policies/language/duration";
import type { Conditions } from "../../policies/semantics/merged-rule";

/** What a rule asks for beyond the path, a phrase each; nothing where it asks for nothing with this capability. */
export function conditionWords(conditions: Conditions | undefined, capability?: Capability): string[] {
  if (!conditions || (capability !== undefined && !narrows(conditions, capability))) return [];
  const { allowed, denied, required } = conditions;
  const words: string[] = [];
  if (conditions.minWrappingTtl > 0)
    words.push(`wrapped for at least ${printDuration(conditions.minWrappingTtl)}`);
  if (conditions.maxWrappingTtl > 0)
    words.push(`wrapped for at most ${printDuration(conditions.maxWrappingTtl)}`);
  if (allowed) words.push(`only parameters ${[...allowed.keys()].join(", ")}`);
  if (denied) words.push(`no parameters ${[...denied.keys()].join(", ")}`);
  if (required.length > 0) words.push(`parameters ${required.join(", ")} required`);
  if (conditions.mfaMethods.length > 0) words.push(`MFA by ${conditions.mfaMethods.join(", ")}`);
  if (conditions.controlGroup) words.push("approval by a control group");
  if (conditions.paginationLimit > 0) words.push(`pages of at most ${conditions.paginationLimit}`);
  if (conditions.filterPath !== "") words.push("keys filtered");
  if (conditions.eventTypes.length > 0) words.push(`events ${conditions.eventTypes.join(", ")}`);
  return words;
}
