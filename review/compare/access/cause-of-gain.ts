import { capabilityBit, DENY } from "../../../policies/capability";
import { policyName } from "../../../policies/policy-name";
import type { MergedRule, RuleSource } from "../../../policies/semantics/merged-rule";
import { writtenPattern } from "../../../policies/semantics/rank";
import type { HeldPolicy, Place } from "../../model";
import { placeWords } from "../../place-words";
import type { RulePlaces } from "../../rule-places";
import type { ComparedPair } from "../compared-pairs";
import type { AccessAtom } from "./access-atom";
import type { Cause, CauseView } from "./cause";
import { engineCause, samePattern, sameThere, stands } from "./rule-standing";

/** What gave access: a rule, a policy newly held, or something that no longer stands in the way. */
export function causeOfGain(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
  const [lost, won] = [atom.was.rule, atom.is.rule];
  const place = won && sourcePlace(won, atom, pair.heldBefore, view.head);
  const at = place ? { place } : {};
  if (!won) return {};
  const engine = engineCause(atom, pair);
  if (engine) return { ...at, because: engine };
  if (lost && !samePattern(lost, won) && stands(pair.before, won) && !sameThere(pair.after, lost)) {
    const where = denialOrRule(lost, view);
    const which = ends(lost, view) ? "which has an end now" : "which was removed";
    const gone = `${where ? placeWords(where) : `path "${writtenPattern(lost.pattern)}"`}, ${which},`;
    const did = (lost.bits & DENY) !== 0 ? "no longer denies it" : "no longer outranks it";
    return { ...at, because: `because ${gone} ${did}` };
  }
  if (lost && samePattern(lost, won) && (lost.bits & DENY) !== 0) {
    const where = denialOrRule(lost, view);
    const went = ends(lost, view) ? "has an end now" : "was removed";
    return { ...at, because: `because the deny${where ? ` of ${placeWords(where)}` : ""} ${went}` };
  }
  // Who is new holds everything newly: that is told by itself.
  if (pair.principals.every(({ base }) => !base)) return at;
  const how = broughtBy(won, atom, pair.heldBefore, pair.heldAfter);
  return how ? { ...at, because: how } : at;
}

/** Where the rule stood in the base; of one that denied, the denial. */
function denialOrRule(lost: MergedRule, { base }: CauseView): Place | undefined {
  const denial = lost.sources.find(({ rule }) => rule.capabilities.includes("deny"));
  return (denial && base.of(denial)) ?? base.ofRule(lost);
}

/** Whether the head still has the rule, or one of those that made it, and lets it end: then nobody removed it. */
function ends(lost: MergedRule, { head }: CauseView): boolean {
  return lost.sources.some(({ policy: name, rule }) => {
    const policy = head.policy(name);
    return policy?.document.rules.some(
      (each) => each.path === rule.path && (each.expiration ?? policy.expiration) !== undefined,
    );
  });
}

/** The indirect ways of a grant: a policy that is newly held, a group, `default`. */
function broughtBy(
  rule: MergedRule,
  { capability }: AccessAtom,
  before: readonly HeldPolicy[],
  after: readonly HeldPolicy[],
): string | undefined {
  const granting = grantors(rule, capability);
  const heldBefore = granting.filter((source) =>
    before.some(({ policy }) => policyName(policy) === source.policy),
  );
  const source = heldBefore[0] ?? granting[0];
  const held = source && after.find(({ policy }) => policyName(policy) === source.policy);
  if (!held) return undefined;
  if (held.by === "default") return "through the policy default, which everybody holds";
  if (heldBefore.length > 0 || before.length === 0)
    return held.by === "group" ? `through the group ${held.through}` : undefined;
  return held.by === "group"
    ? `through the group ${held.through}, which it joined`
    : `through the policy ${held.policy}, which it now holds`;
}

function grantors(rule: MergedRule, capability: AccessAtom["capability"]): RuleSource[] {
  const bit = capabilityBit(capability);
  const granting = rule.sources.filter((source) =>
    source.rule.capabilities.some((each) => capabilityBit(each) === bit),
  );
  return granting.length > 0 ? granting : [...rule.sources];
}

function sourcePlace(
  rule: MergedRule,
  { capability }: AccessAtom,
  before: readonly HeldPolicy[],
  places: RulePlaces,
): Place | undefined {
  const granting = grantors(rule, capability);
  const fresh = granting.find((source) => !before.some(({ policy }) => policyName(policy) === source.policy));
  const source = fresh ?? granting[0];
  return source && places.of(source, capability);
}
