import { policyName } from "../../policies/policy-name";
import type { AccessRevision } from "../model";

/**
 * Two revisions of one server, on which some policies stand whatever is declared: the one that says nothing of them has them
 * as the other one does.
 */
export function withKeptPolicies(
  base: AccessRevision,
  head: AccessRevision,
  kept: readonly string[],
): readonly [AccessRevision, AccessRevision] {
  return [completed(base, head, kept), completed(head, base, kept)];
}

function completed(revision: AccessRevision, other: AccessRevision, kept: readonly string[]): AccessRevision {
  const own = new Set(revision.policies.map(({ name }) => policyName(name)));
  const missing = other.policies.filter(
    ({ name }) => kept.includes(policyName(name)) && !own.has(policyName(name)),
  );
  return missing.length === 0 ? revision : { ...revision, policies: [...revision.policies, ...missing] };
}
