import { listed } from "../../base/words";
import { policyName } from "../../policies/policy-name";
import type { Finding } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, RevisionPrincipal } from "../model";

/**
 * Principals that hold other policies on the server than declared, of whom no access is told: whoever writes such a policy later
 * decides what they may do.
 */
export function heldFindings(
  declared: AccessRevision,
  live: AccessRevision,
  told: readonly Finding[],
): FindingParts[] {
  const wanted = new Map(declared.principals.map((principal) => [principal.name, namesOf(principal)]));
  const differ = new Set(told.flatMap(({ access, principals }) => (access ? principals : [])));
  return live.principals.flatMap((principal): FindingParts[] => {
    const was = wanted.get(principal.name);
    if (!was || differ.has(principal.name)) return [];
    const is = namesOf(principal);
    const more = [...is].filter((name) => !was.has(name));
    const less = [...was].filter((name) => !is.has(name));
    if (more.length + less.length === 0) return [];
    const parts = [
      ...(more.length > 0 ? [`holds ${policies(more)} on the server alone`] : []),
      ...(less.length > 0 ? [`does not hold ${policies(less)} on the server`] : []),
    ];
    return [finding(principal, `${listed(parts)}, without a difference in access`)];
  });
}

function finding(principal: RevisionPrincipal, sentence: string): FindingParts {
  const { name, title, owner, place } = principal;
  return {
    kind: "constraint-changed",
    severity: "warning",
    principals: [name],
    titles: [title],
    owners: owner ? [owner] : [],
    rule: "policies",
    sentence,
    ...(place ? { place } : {}),
  };
}

function namesOf({ holds }: RevisionPrincipal): Set<string> {
  return new Set(holds.map(({ policy }) => policyName(policy)));
}

function policies(names: readonly string[]): string {
  return `the ${names.length === 1 ? "policy" : "policies"} ${listed(names)}`;
}
