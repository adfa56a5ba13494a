import { coverPaths } from "../compare/cover";
import type { AccessList } from "../semantics/access-list";
import type { MergedRule } from "../semantics/merged-rule";

/** Where rules decide: for each merged rule a path on which it does, as it is or as a list. */
export interface Decisive {
  readonly decides: ReadonlyMap<MergedRule, string>;
  /** Without it, rules that were not met may still decide somewhere. */
  readonly complete: boolean;
}

const CACHE = new WeakMap<AccessList, Decisive>();

/** Walked once for each list: several lints ask. */
export function decisiveRules(list: AccessList): Decisive {
  const cached = CACHE.get(list);
  if (cached) return cached;
  const decides = new Map<MergedRule, string>();
  const patterns = list.rules().map((rule) => rule.pattern);
  const complete = coverPaths(patterns, (path) => {
    for (const mode of [undefined, list.dialect.listMode, list.dialect.scanMode]) {
      const rule = list.lookup(path, mode);
      if (rule && !decides.has(rule)) decides.set(rule, path);
    }
  });
  const result = { decides, complete };
  CACHE.set(list, result);
  return result;
}
