import type { ListDoubt } from "../../../policies/compare/template-doubts";
import { patternOf } from "../../../policies/pattern";
import type { AccessList } from "../../../policies/semantics/access-list";
import type { RuleSource } from "../../../policies/semantics/merged-rule";
import type { MountMove } from "../mount-moves";

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
