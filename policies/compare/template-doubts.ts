import { DENY, isListing } from "../capability";
import type { AccessList } from "../semantics/access-list";
import type { MergedRule, RuleSource } from "../semantics/merged-rule";
import { couldDecide, type UncertainRule } from "../semantics/uncertain-rule";
import { type DifferenceKind, differenceKind } from "./difference-kind";
import { type ComparedCapability, conditionKey, type Grant, grantOf } from "./grant";

/** Why something cannot be told, and the rule that makes it so. */
export interface ListDoubt {
  readonly reason: string;
  readonly source?: RuleSource;
}

/**
 * A rule of unknown text, the same on both sides, can stand between the two rules that decide: then it decides on one side
 * only, and what seems the same, or less, can be more. Where the same pattern decides on both sides, it decides on both or on
 * none, or is merged with both.
 * @param kind what is told of the two grants; where that is more already, there is no doubt
 */
export function doubtsBetween(
  before: AccessList,
  after: AccessList,
  path: string,
  was: Grant,
  is: Grant,
  capability: ComparedCapability,
  kind: DifferenceKind | undefined,
): ListDoubt[] {
  if (isMore(kind)) return [];
  if (before.uncertain.length === 0 || after.uncertain.length === 0) return [];
  if (!was.rule && !is.rule) return [];
  const possible = after.uncertain.filter((each) => couldDecide(each, path, isListing(capability)));
  if (was.rule && is.rule && keyOf(was.rule) === keyOf(is.rule))
    return kind === undefined ? doubtsOfMerging(possible, was.rule, is.rule, capability) : [];
  return possible
    .filter(({ merged }) => {
      const alone = grantOf(
        { plain: merged, list: merged, scan: merged, dialect: after.dialect },
        capability,
      );
      if (kind === undefined)
        return alone.level !== is.level || differenceKind(alone, is, capability) !== undefined;
      return isMore(differenceKind(alone, is, capability)) || isMore(differenceKind(was, alone, capability));
    })
    .map(({ source }) => ({
      reason: `path "${source.rule.path}" depends on who asks, and may outrank what changed`,
      source,
    }));
}

function isMore(kind: DifferenceKind | undefined): boolean {
  return kind !== undefined && kind !== "lost" && kind !== "narrowed";
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
