import { DENY, isListing } from "../../../policies/capability";
import { type ComparedCapability, conditionKey, type Grant, grantOf } from "../../../policies/compare/grant";
import { patternOf } from "../../../policies/pattern";
import type { AccessList } from "../../../policies/semantics/access-list";
import type { MergedRule, RuleSource } from "../../../policies/semantics/merged-rule";
import type { UncertainRule } from "../../../policies/semantics/uncertain-rule";
import type { MountMove } from "../mount-moves";

/** Why something cannot be told, and the rule that makes it so. */
export interface ListDoubt {
  readonly reason: string;
  readonly source?: RuleSource;
}

/**
 * What the lists themselves cannot be sure of.
 * @param changed whether a rule differs; what stays as it was is in no doubt, whatever the engine
 */
export function doubtsOf(
  before: AccessList,
  after: AccessList,
  changed: boolean,
  moves: readonly MountMove[],
): ListDoubt[] {
  const doubts: ListDoubt[] = [];
  if ((before.failure === undefined) !== (after.failure === undefined))
    doubts.push({ reason: `the engine refuses every request: ${before.failure ?? after.failure}` });
  const [old, now] = [uncertainOf(before), uncertainOf(after)];
  for (const [text, source] of [...now, ...old])
    if (!old.has(text) || !now.has(text))
      doubts.push({
        reason: `path "${source.rule.path}" depends on who asks, and that is not known here`,
        source,
      });
    else if (moves.some((move) => reaches(source, move)))
      doubts.push({
        reason: `path "${source.rule.path}" depends on who asks, and a mount that it may reach has moved`,
        source,
      });
  if (!changed && doubts.length === 0 && before.dialect.engine === after.dialect.engine) return [];
  for (const inexact of new Set([before.dialect.inexact, after.dialect.inexact]))
    if (inexact) doubts.push({ reason: inexact });
  return doubts;
}

/** Whether a templated rule may be about a mount under its old name or its new one: its text does not move along. */
function reaches({ rule }: RuleSource, { from, to }: MountMove): boolean {
  const head = patternOf(rule.path.split(/\{\{|\+/)[0] ?? "");
  return [from, to].some(({ path }) => path.startsWith(head) || head.startsWith(path));
}

function uncertainOf(list: AccessList): Map<string, RuleSource> {
  return new Map(
    list.uncertain.map(({ source }) => [JSON.stringify({ ...source.rule, comment: "" }), source]),
  );
}

/**
 * A rule of unknown text, the same on both sides, can stand between two rules that grant the same: then it decides on one
 * side only. Where the same pattern decides on both sides, it decides on both or on none, or is merged with both.
 */
export function doubtsBetween(
  before: AccessList,
  after: AccessList,
  path: string,
  was: Grant,
  is: Grant,
  capability: ComparedCapability,
): ListDoubt[] {
  if (before.uncertain.length === 0 || after.uncertain.length === 0) return [];
  if (!was.rule && !is.rule) return [];
  const bare = path.endsWith("/") && isListing(capability) ? path.slice(0, -1) : path;
  const couldMatch = (each: UncertainRule): boolean => each.couldMatch(path) || each.couldMatch(bare);
  if (was.rule && is.rule && keyOf(was.rule) === keyOf(is.rule))
    return doubtsOfMerging(after.uncertain.filter(couldMatch), was.rule, is.rule, capability);
  return after.uncertain
    .filter((each) => {
      if (!couldMatch(each)) return false;
      const alone = { plain: each.merged, list: each.merged, scan: each.merged };
      return grantOf(alone, capability).level !== is.level;
    })
    .map(({ source }) => ({
      reason: `path "${source.rule.path}" depends on who asks, and may outrank what changed`,
      source,
    }));
}

/**
 * Rules of one pattern are merged: a denial swallows what the other grants, and conditions bind it. So what the same unknown text
 * grants can come or go with the rule that it may turn out to be one with.
 */
function doubtsOfMerging(
  uncertain: readonly UncertainRule[],
  was: MergedRule,
  is: MergedRule,
  capability: ComparedCapability,
): ListDoubt[] {
  const isDenied = ({ bits }: MergedRule): boolean => (bits & DENY) !== 0;
  const key = ({ conditions }: MergedRule): string => conditionKey(conditions, capability);
  if (isDenied(was) === isDenied(is) && key(was) === key(is)) return [];
  return uncertain
    .filter(
      ({ merged }) =>
        merged.pattern.kind === is.pattern.kind &&
        grantOf({ plain: merged, list: merged, scan: merged }, capability).level !== "none",
    )
    .map(({ source }) => ({
      reason: `path "${source.rule.path}" depends on who asks, and may be the same path as what changed`,
      source,
    }));
}

function keyOf({ pattern }: MergedRule): string {
  return `${pattern.kind} ${pattern.text}`;
}
