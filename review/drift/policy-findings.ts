import { policyName } from "../../policies/policy-name";
import type { Finding, FindingKind } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, RevisionPolicy } from "../model";

/**
 * Policies that exist on one side alone, and those whose text differs without anybody's access differing. What differs for
 * somebody is told as that already.
 * @param live as it was read, without anything that was added for the comparison
 */
export function policyFindings(
  declared: AccessRevision,
  live: AccessRevision,
  told: readonly Finding[],
  own: ReadonlySet<string>,
): FindingParts[] {
  const wanted = byName(declared.policies);
  const there = byName(live.policies);
  const deciding = new Set(
    told.flatMap(({ access }) => [...(access?.before.policies ?? []), ...(access?.after.policies ?? [])]),
  );
  const found: FindingParts[] = [];
  for (const [name, policy] of there) {
    const was = wanted.get(name);
    if (!was) {
      const holders = holdersOf(live, name);
      if (!own.has(name))
        found.push(finding("policy-added", `the policy ${name} is on the server alone${holders}`));
    } else if (!deciding.has(name) && textOf(was) !== textOf(policy)) {
      found.push(finding("policy-changed", `the policy ${name} has another text on the server`, was));
    }
  }
  for (const [name, policy] of wanted) {
    if (!there.has(name) && name !== "default") {
      found.push(finding("policy-removed", `the policy ${name} is not on the server`, policy));
    }
  }
  return found;
}

function finding(kind: FindingKind, sentence: string, policy?: RevisionPolicy): FindingParts {
  const place = policy?.place;
  return {
    kind,
    severity: "warning",
    sentence,
    principals: [],
    titles: [],
    owners: [],
    ...(place ? { place } : {}),
  };
}

function holdersOf({ principals }: AccessRevision, name: string): string {
  const count = principals.filter(({ holds }) =>
    holds.some(({ policy }) => policyName(policy) === name),
  ).length;
  return count === 0 ? ", and no login brings it" : "";
}

/** Engines keep the text as it came; Terraform may cut white space off at its end. */
function textOf({ text, unreadable }: RevisionPolicy): string | undefined {
  return unreadable !== undefined && text === undefined ? undefined : text?.trim();
}

function byName(policies: readonly RevisionPolicy[]): Map<string, RevisionPolicy> {
  return new Map(policies.map((policy) => [policyName(policy.name), policy]));
}
