import { capabilityBit, DENY } from "../../policies/capability";
import type { AccessList } from "../../policies/semantics/access-list";
import { policyName } from "../../policies/semantics/access-list";
import type { MergedRule, RuleSource } from "../../policies/semantics/merged-rule";
import { writtenPattern } from "../../policies/semantics/rank";
import type { HeldPolicy, Place } from "../model";
import type { AccessAtom } from "./access-atoms";
import type { MountMoves } from "./mount-moves";
import type { ComparedPair } from "./principal-pairs";
import { placeText, type RulePlaces } from "./rule-places";

/** Why a change came about, and the line to look at. */
export interface Cause {
  /** `because policies/readonly.hcl:3, which was added, outranks its list rule`; absent where the line says it all. */
  readonly because?: string;
  readonly place?: Place;
}

/** The two revisions as causes are told of them. */
export interface CauseView {
  readonly moves: MountMoves;
  readonly base: RulePlaces;
  readonly head: RulePlaces;
}

/** Tells what made the difference on the path of an atom. */
export function causeOf(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
  const isGain = atom.kind === "gained" || atom.kind === "widened" || atom.kind === "changed";
  return isGain ? causeOfGain(atom, pair, view) : causeOfLoss(atom, pair, view);
}

function causeOfGain(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
  const [lost, won] = [atom.was.rule, atom.is.rule];
  const place = won && sourcePlace(won, atom, pair.heldBefore, view.head);
  const at = place ? { place } : {};
  if (!won) return {};
  const engine = engineCause(atom, pair);
  if (engine) return { ...at, because: engine };
  if (lost && !samePattern(lost, won) && stands(pair.before, won) && !sameThere(pair.after, lost)) {
    const where = view.base.ofRule(lost);
    const gone = where
      ? `${placeText(where)}, which was removed,`
      : `path "${writtenPattern(lost.pattern)}", which was removed,`;
    const did = (lost.bits & DENY) !== 0 ? "no longer denies it" : "no longer outranks it";
    return { ...at, because: `because ${gone} ${did}` };
  }
  if (lost && samePattern(lost, won) && (lost.bits & DENY) !== 0) {
    const where = lost.sources.map((source) => view.base.of(source)).find(Boolean);
    return { ...at, because: `because the deny${where ? ` of ${placeText(where)}` : ""} was removed` };
  }
  const how = broughtBy(won, atom, pair.heldBefore, pair.heldAfter);
  return how ? { ...at, because: how } : at;
}

function causeOfLoss(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
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
    const where = place ? placeText(place) : `policy ${denial.policy}`;
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
    const where = place ? placeText(place) : `path "${writtenPattern(won.pattern)}"`;
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
  const where = place ? placeText(place) : `path "${writtenPattern(was.rule.pattern)}"`;
  const because = `because the mount ${move.from.path} is now ${move.to.path}, and ${where} still names the old path`;
  return { ...(place ? { place } : {}), because };
}

function engineCause({ was, is }: AccessAtom, { before, after }: ComparedPair): string | undefined {
  if (before.dialect.engine === after.dialect.engine) return undefined;
  const same = (rule: MergedRule | undefined): boolean =>
    !rule || (stands(before, rule) && stands(after, rule));
  if (!same(was.rule) || !same(is.rule)) return undefined;
  return `because ${after.dialect.engine} decides it otherwise than ${before.dialect.engine}`;
}

/** Whether a list has a rule of this pattern that says the same. */
function stands(list: AccessList, rule: MergedRule): boolean {
  const own = ruleOf(list, rule);
  return own !== undefined && own.bits === rule.bits;
}

function sameThere(list: AccessList, rule: MergedRule): boolean {
  return ruleOf(list, rule) !== undefined;
}

const tables = new WeakMap<AccessList, Map<string, MergedRule>>();

function ruleOf(list: AccessList, { pattern }: MergedRule): MergedRule | undefined {
  let table = tables.get(list);
  if (!table) {
    table = new Map(list.rules().map((rule) => [`${rule.pattern.kind} ${rule.pattern.text}`, rule]));
    tables.set(list, table);
  }
  return table.get(`${pattern.kind} ${pattern.text}`);
}

function samePattern(a: MergedRule, b: MergedRule): boolean {
  return a.pattern.kind === b.pattern.kind && a.pattern.text === b.pattern.text;
}

/** How a rule that the base did not ask came in. */
function news(source: RuleSource, { heldBefore, heldAfter }: ComparedPair): string {
  if (heldBefore.some(({ policy }) => policyName(policy) === source.policy)) return ", which was added,";
  const held = heldAfter.find(({ policy }) => policyName(policy) === source.policy);
  return held?.by === "group"
    ? `, which it holds through the group ${held.through},`
    : `, of the policy ${source.policy} that it now holds,`;
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
