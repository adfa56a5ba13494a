import { fromBits } from "../../../policies/capability";
import { conditionKey } from "../../../policies/compare/grant";
import type { AccessList } from "../../../policies/semantics/access-list";
import type { MergedRule } from "../../../policies/semantics/merged-rule";

/**
 * What the paths begin with on which a list can have a say: what stands before the first wildcard of each of its rules. A list
 * of `a/` also asks the rules for `a`, which begins it.
 */
export function headsOf(list: AccessList): string[] {
  return [...list.rules().map(headOf), ...list.uncertain.map(({ merged }) => headOf(merged))];
}

/** The same for paths on which two lists of one engine can answer differently: only rules that are not the same in both. */
export function changedHeads(before: AccessList, after: AccessList): string[] {
  const was = rulesByKey(before);
  const heads: string[] = [];
  for (const [key, rule] of rulesByKey(after)) {
    if (!was.delete(key)) heads.push(headOf(rule));
  }
  for (const rule of was.values()) heads.push(headOf(rule));
  return heads;
}

/** Rules by all that decides of them; equal ones of the two lists have equal keys. */
function rulesByKey(list: AccessList): Map<string, MergedRule> {
  const certain = list.rules().map((rule) => [keyOf(rule), rule] as const);
  const uncertain = list.uncertain.map(
    ({ merged, directives }) => [`${directives.join(" ")} ${keyOf(merged)}`, merged] as const,
  );
  return new Map([...certain, ...uncertain]);
}

function keyOf({ pattern, bits, conditions }: MergedRule): string {
  const bare = `${pattern.kind} ${bits} ${pattern.text}`;
  if (!conditions) return bare;
  const keys = fromBits(bits).map((capability) => conditionKey(conditions, capability));
  return JSON.stringify([bare, ...keys]);
}

/** A placeholder of a template is as good as a wildcard. */
function headOf({ pattern }: MergedRule): string {
  const end = pattern.text.search(pattern.kind === "segment" ? /[+\0]/ : /\0/);
  return end < 0 ? pattern.text : pattern.text.slice(0, end);
}
