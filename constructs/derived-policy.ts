import type { Capability } from "../policies/capability";
import { PolicyDocument } from "../policies/document";
import { accessOf, INTENT_WORDS } from "../policies/intent";
import { uniteOverlaps } from "../policies/overlap";
import type { Grant } from "./grant";

/**
 * The policy document of a principal's grants: for each path the least capabilities that its intents need, each rule
 * with a comment that says which construct granted what.
 */
export function derivePolicy(principal: string, grants: readonly Grant[]): PolicyDocument {
  const accesses: { pattern: string; capabilities: readonly Capability[] }[] = [];
  const reasons = new Map<string, Set<string>>();
  for (const { intent, target } of grants) {
    for (const { area, at, capabilities } of accessOf(intent, target.mount.version) ?? []) {
      for (const below of at === "folder" ? target.folders : [target.pattern]) {
        const pattern = target.mount.apiPath(area, below);
        accesses.push({ pattern, capabilities });
        const said = reasons.get(pattern) ?? new Set<string>();
        reasons.set(
          pattern,
          said.add(`${INTENT_WORDS[intent]}: granted by ${target.construct} to ${principal}`),
        );
      }
    }
  }
  return new PolicyDocument(
    uniteOverlaps(accesses).map(({ pattern, capabilities }) => ({
      path: pattern,
      capabilities: [...capabilities],
      comment: [...(reasons.get(pattern) ?? ["keeps what wider rules of this policy allow"])].join("\n"),
    })),
  );
}
