import type { MergedRule } from "../../policies/semantics/merged-rule";
import type { AccessRevision, Place } from "../model";
import { placeOfRule, RulePlaces } from "../rule-places";

/** Where a rule that decides something was written or granted. */
export interface RulePlace {
  readonly policy: string;
  readonly place?: Place;
}

/** The places of a merged rule: one for each policy that has it. */
export function placesOf(
  revision: AccessRevision,
  rule: { readonly sources: readonly Pick<MergedRule["sources"][number], "policy" | "index">[] } | undefined,
): RulePlace[] {
  const places = rulePlaces(revision);
  return (rule?.sources ?? []).map(({ policy, index }) => {
    const held = places.policy(policy);
    const place = held && placeOfRule(held, index);
    return { policy, ...(place ? { place } : {}) };
  });
}

const PLACES = new WeakMap<AccessRevision, RulePlaces>();

/** Once for each revision: a comparison asks it about every difference. */
function rulePlaces(revision: AccessRevision): RulePlaces {
  let places = PLACES.get(revision);
  if (!places) {
    places = new RulePlaces(revision);
    PLACES.set(revision, places);
  }
  return places;
}
