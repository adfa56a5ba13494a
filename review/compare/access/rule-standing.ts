import type { AccessList } from "../../../policies/semantics/access-list";
import type { MergedRule } from "../../../policies/semantics/merged-rule";
import type { ComparedPair } from "../compared-pairs";
import type { AccessAtom } from "./access-atom";

/** The engine, where both sides have the same rules and another one decides. `undefined` where it is not the engine. */
export function engineCause({ was, is }: AccessAtom, { before, after }: ComparedPair): string | undefined {
  if (before.dialect.engine === after.dialect.engine) return undefined;
  const same = (rule: MergedRule | undefined): boolean =>
    !rule || (stands(before, rule) && stands(after, rule));
  if (!same(was.rule) || !same(is.rule)) return undefined;
  return `because ${after.dialect.engine} decides it otherwise than ${before.dialect.engine}`;
}

/** Whether a list has a rule of this pattern that says the same. */
export function stands(list: AccessList, rule: MergedRule): boolean {
  const own = ruleOf(list, rule);
  return own !== undefined && own.bits === rule.bits;
}

/** Whether a list has a rule of this pattern, whatever it says. */
export function sameThere(list: AccessList, rule: MergedRule): boolean {
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

/** Whether two rules are of one pattern. */
export function samePattern(a: MergedRule, b: MergedRule): boolean {
  return a.pattern.kind === b.pattern.kind && a.pattern.text === b.pattern.text;
}
