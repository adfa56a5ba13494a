import { policyName } from "../../policies/policy-name";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { policyHolder } from "../policy-files/policy-holder";

/**
 * Whoever can be asked about in a revision: its principals, or, where a source knows none (plain policy files), each policy
 * as if somebody held it alone.
 */
export function holdersOf(revision: AccessRevision): readonly RevisionPrincipal[] {
  if (revision.principals.length > 0) return revision.principals;
  return revision.policies.map(policyHolder);
}

/** All policies of a revision in one pair of hands: how files that are named together are asked. */
export function holderOfAll(revision: AccessRevision): RevisionPrincipal {
  const names = revision.policies.map(({ name }) => name);
  const shown = names.length > 3 ? `${names.length} policies` : names.join(", ");
  return {
    name: shown,
    kind: "other",
    title: names.length === 1 ? `Policy ${shown}` : names.length > 3 ? shown : `Policies ${shown}`,
    holds: names.map((policy) => ({ policy, by: "role" })),
    constraints: [],
  };
}

/** Why an engine gives nobody such a login, if it does not: `root` beside other policies. */
export function refusedLogin({ holds, title }: RevisionPrincipal): string | undefined {
  const names = new Set(holds.map(({ policy }) => policyName(policy)));
  if (!names.has("root") || names.size === 1) return undefined;
  return `${title} holds root beside other policies, which no engine puts together`;
}
