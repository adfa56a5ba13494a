import { canonicalPath } from "../../policies/pattern";
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
  const deciding = decidingRules(told);
  const found: FindingParts[] = [];
  for (const [name, policy] of there) {
    const was = wanted.get(name);
    if (!was) {
      const holders = holdersOf(live, name);
      if (!own.has(name))
        found.push(finding("policy-added", `the policy ${name} is on the server alone${holders}`));
    } else if (textOf(was) !== textOf(policy) && !differsIn(deciding.get(name), was, policy)) {
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

/** The paths of the rules that decide what is told, by policy. */
function decidingRules(told: readonly Finding[]): ReadonlyMap<string, ReadonlySet<string>> {
  const rules = new Map<string, Set<string>>();
  for (const { access } of told)
    for (const { rule, policies } of access ? [access.before, access.after] : [])
      for (const policy of rule === undefined ? [] : policies)
        rules.set(policy, (rules.get(policy) ?? new Set()).add(rule as string));
  return rules;
}

/** Whether one of these rules is another on the other side: a policy can also decide what a different one changed. */
function differsIn(
  paths: ReadonlySet<string> | undefined,
  was: RevisionPolicy,
  policy: RevisionPolicy,
): boolean {
  const rulesAt = ({ document }: RevisionPolicy, path: string): string =>
    JSON.stringify(
      document.rules
        .filter((rule) => canonicalPath(rule.path) === path)
        .map(({ comment, path: _, ...rule }) => rule),
    );
  return [...(paths ?? [])].some((path) => rulesAt(was, path) !== rulesAt(policy, path));
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
