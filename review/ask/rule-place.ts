import { policyName } from "../../policies/semantics/access-list";
import type { MergedRule } from "../../policies/semantics/merged-rule";
import type { AccessRevision, Place } from "../model";

/** Where a rule that decides something was written or granted. */
export interface RulePlace {
  readonly policy: string;
  readonly place?: Place;
}

/** The places of a merged rule: one for each policy that has it. */
export function placesOf(
  revision: AccessRevision,
  rule: Pick<MergedRule, "sources"> | undefined,
): RulePlace[] {
  return (rule?.sources ?? []).map(({ policy, index }) => placeOfRule(revision, policy, index));
}

/** @param index of the rule in the policy's document */
export function placeOfRule(revision: AccessRevision, name: string, index: number): RulePlace {
  const policy = revision.policies.find((each) => policyName(each.name) === policyName(name));
  const granted = policy?.rulePlaces?.[index] ?? policy?.place;
  const start = policy?.verbatim ? policy.read?.places.rule(index)?.path.start : undefined;
  if (granted && start)
    return { policy: name, place: { ...granted, line: start.line, column: start.column } };
  return granted ? { policy: name, place: granted } : { policy: name };
}
