import { DENY } from "../../../policies/capability";
import { policyName } from "../../../policies/policy-name";
import type { MergedRule, RuleSource } from "../../../policies/semantics/merged-rule";
import { writtenPattern } from "../../../policies/semantics/rank";
import { placeWords } from "../../place-words";
import type { ComparedPair } from "../compared-pairs";
import type { AccessAtom } from "./access-atom";
import type { Cause, CauseView } from "./cause";
import { engineCause, samePattern, stands } from "./rule-standing";

/** What took access: a rule that outranks or denies, a policy no longer held, a mount that moved away, or a rule that is gone. */
export function causeOfLoss(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
  const [lost, won] = [atom.was.rule, atom.is.rule];
  const engine = engineCause(atom, pair);
  if (engine) return { ...fallback(lost, view), because: engine };
  const left = leftBehind(atom, pair, view);
  if (left) return left;
  if (won && lost && samePattern(won, lost)) {
    const denial =
      (won.bits & DENY) !== 0
        ? won.sources.find(({ rule }) => rule.capabilities.includes("deny"))
        : undefined;
    if (!denial) return narrowedBy(won, lost, view) ?? goneCause(lost, pair, view);
    const place = view.head.of(denial);
    const where = place ? placeWords(place) : `policy ${denial.policy}`;
    return {
      ...(place ? { place } : {}),
      because: `because ${where}${news(denial, pair)} denies it, and deny outweighs every grant of the same path`,
    };
  }
  if (won && lost && !stands(pair.before, won)) {
    const source =
      won.sources.find((each) => !pair.heldBefore.some(({ policy }) => policyName(policy) === each.policy)) ??
      won.sources[0];
    const place = source && view.head.of(source);
    const where = place ? placeWords(place) : `path "${writtenPattern(won.pattern)}"`;
    const does =
      (won.bits & DENY) !== 0
        ? "denies it"
        : `outranks its ${atom.capability} rule path "${writtenPattern(lost.pattern)}"`;
    return {
      ...(place ? { place } : {}),
      because: `because ${where}${source ? news(source, pair) : ""} ${does}`,
    };
  }
  return goneCause(lost, pair, view);
}

/** The same rule grants less: the line that changed is to be looked at, and there is no more to say. */
function narrowedBy(won: MergedRule, lost: MergedRule, view: CauseView): Cause | undefined {
  const fewer = won.sources.length < lost.sources.length;
  if (fewer) return undefined;
  const added = won.sources.length > lost.sources.length ? won.sources.at(-1) : won.sources[0];
  const place = added && view.head.of(added);
  return place ? { place } : {};
}

function goneCause(lost: MergedRule | undefined, pair: ComparedPair, view: CauseView): Cause {
  const still = (source: RuleSource): boolean =>
    pair.heldAfter.some(({ policy }) => policyName(policy) === source.policy);
  // Who is gone holds nothing any more: that is told by itself.
  if (pair.principals.every(({ head }) => !head)) return fallback(lost, view);
  const dropped = lost?.sources.find((source) => !still(source));
  if (!dropped) return fallback(lost, view);
  const held = pair.heldBefore.find(({ policy }) => policyName(policy) === dropped.policy);
  const through =
    held?.by === "group"
      ? `it is no longer in the group ${held.through}`
      : `it no longer holds the policy ${dropped.policy}`;
  return { ...fallback(lost, view), because: `because ${through}` };
}

/** The place in the head where the policy still stands, else where the rule was. */
function fallback(lost: MergedRule | undefined, view: CauseView): Cause {
  const source = lost?.sources[0];
  const place = source && (view.head.policy(source.policy)?.place ?? view.base.of(source));
  return place ? { place } : {};
}

/** The mount moved, and the rule names its old path. */
function leftBehind({ path, was }: AccessAtom, pair: ComparedPair, view: CauseView): Cause | undefined {
  const move = view.moves.moves.find(({ to }) => path.startsWith(to.path));
  if (!move || !was.rule || !stands(pair.after, was.rule)) return undefined;
  const place = view.head.ofRule(was.rule);
  const where = place ? placeWords(place) : `path "${writtenPattern(was.rule.pattern)}"`;
  const now = move.from.path === move.to.path ? `KV version ${move.to.kvVersion ?? 1}` : move.to.path;
  const because = `because the mount ${move.from.path} is now ${now}, and ${where} still names the old path`;
  return { ...(place ? { place } : {}), because };
}

/** How a rule that the base did not ask came in. */
function news(source: RuleSource, { heldBefore, heldAfter }: ComparedPair): string {
  if (heldBefore.some(({ policy }) => policyName(policy) === source.policy)) return ", which was added,";
  const held = heldAfter.find(({ policy }) => policyName(policy) === source.policy);
  return held?.by === "group"
    ? `, which it holds through the group ${held.through},`
    : `, of the policy ${source.policy} that it now holds,`;
}
