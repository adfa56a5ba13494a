import { type ComparedCapability, type Grant, grantOf } from "../../policies/compare/grant";
import type { AccessList } from "../../policies/semantics/access-list";

/** What the lists themselves cannot be sure of. */
export function doubtsOf(before: AccessList, after: AccessList): string[] {
  const reasons: string[] = [];
  const changed = before.dialect.engine !== after.dialect.engine || !sameUncertain(before, after);
  if (before.failure !== after.failure)
    reasons.push(`the engine refuses every request: ${before.failure ?? after.failure}`);
  if (!changed) return reasons;
  for (const inexact of new Set([before.dialect.inexact, after.dialect.inexact]))
    if (inexact) reasons.push(inexact);
  const texts = (list: AccessList): Map<string, string> =>
    new Map(
      list.uncertain.map((each) => [
        JSON.stringify({ ...each.source.rule, comment: "" }),
        each.source.rule.path,
      ]),
    );
  const [old, now] = [texts(before), texts(after)];
  for (const [text, path] of [...old, ...now])
    if (!old.has(text) || !now.has(text))
      reasons.push(`path "${path}" depends on who asks, and that is not known here`);
  return [...new Set(reasons)];
}

function sameUncertain(before: AccessList, after: AccessList): boolean {
  const key = (list: AccessList): string => JSON.stringify(list.uncertain.map(({ source }) => source.rule));
  return key(before) === key(after);
}

/**
 * A rule of unknown text, the same on both sides, can stand between two rules that grant the same: then it decides on one
 * side only. Where the same pattern decides on both sides, it decides on both or on none.
 */
export function doubtsBetween(
  before: AccessList,
  after: AccessList,
  path: string,
  was: Grant,
  is: Grant,
  capability: ComparedCapability,
): string[] {
  if (before.uncertain.length === 0 || after.uncertain.length === 0) return [];
  if (was.rule?.pattern.text === is.rule?.pattern.text && was.rule?.pattern.kind === is.rule?.pattern.kind)
    return [];
  const bare =
    path.endsWith("/") && (capability === "list" || capability === "scan") ? path.slice(0, -1) : path;
  return after.uncertain
    .filter((each) => {
      if (!each.couldMatch(path) && !each.couldMatch(bare)) return false;
      const alone = { plain: each.merged, list: each.merged, scan: each.merged };
      return grantOf(alone, capability).level !== is.level;
    })
    .map(({ source }) => `path "${source.rule.path}" depends on who asks, and may outrank what changed`);
}
