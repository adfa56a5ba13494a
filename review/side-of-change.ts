import type { MergedRule } from "../policies/semantics/merged-rule";
import { writtenPattern } from "../policies/semantics/rank";
import type { SideOfChange } from "./finding";
import type { RulePlaces } from "./rule-places";

/** How far a rule grants something on one side, as findings show it. @param rule absent where none matches */
export function sideOfChange(
  level: SideOfChange["level"],
  rule: MergedRule | undefined,
  places: RulePlaces,
): SideOfChange {
  const place = places.ofRule(rule);
  return {
    level,
    ...(rule ? { rule: writtenPattern(rule.pattern) } : {}),
    policies: [...new Set(rule?.sources.map(({ policy }) => policy) ?? [])],
    ...(place ? { place } : {}),
  };
}
