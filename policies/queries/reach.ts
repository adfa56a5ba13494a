import { isListing, toBits } from "../capability";
import { coverPaths } from "../compare/cover";
import { type ComparedCapability, decidingRules, type Grant, grantOf } from "../compare/grant";
import { awkwardness } from "../compare/witness";
import type { AccessList } from "../semantics/access-list";
import { patternsNear } from "../semantics/literal";
import type { MergedRule } from "../semantics/merged-rule";
import { PatternTrie } from "../semantics/pattern-trie";
import { type Pattern, patternFor } from "../semantics/rank";
import { couldDecide } from "../semantics/uncertain-rule";

/** A path of a region on which something is granted. */
export interface Reached {
  readonly witness: string;
  readonly capability: ComparedCapability;
  readonly level: Exclude<Grant["level"], "none">;
  readonly rule: MergedRule | undefined;
}

/** What is granted in a region, and whether that is all. */
export interface RegionReach {
  readonly reached: readonly Reached[];
  /** False when the budget ran out, or a templated rule of unknown value could match in the region. */
  readonly certain: boolean;
  /** Whether all classes of paths were looked at. */
  readonly complete: boolean;
}

/**
 * Everything that an access list grants inside a region (a path, a prefix with `*`, a pattern with `+`): one witness for
 * each capability and deciding rule. Exact: no path of the region is left out.
 */
export function reachInto(
  list: AccessList,
  region: string,
  capabilities: readonly ComparedCapability[],
  budget?: number,
): RegionReach {
  if (list.isRoot) {
    const reached = capabilities.map((capability) => ({
      witness: exampleOf(region),
      capability,
      level: "full" as const,
      rule: undefined,
    }));
    return { reached, certain: true, complete: true };
  }
  const target = patternFor(region);
  // Where a template stands, its placeholder makes the walk pass by.
  const uncertain = list.uncertain.map((each) => each.merged.pattern);
  const patterns = [target, ...patternsNear(target, list), ...uncertain];
  const found = new Map<string, Reached>();
  // A rule that may be there grants what it names, and can only take other grants away.
  const wanted = toBits(capabilities);
  const granting = list.uncertain.filter((each) => (each.merged.bits & wanted) !== 0);
  const listings = toBits(capabilities.filter(isListing));
  let doubtful = list.dialect.inexact !== undefined;
  const inside = insideOf(target);
  const complete = coverPaths(
    patterns,
    (path) => {
      if (!inside(path)) return;
      doubtful ||= granting.some((each) => couldDecide(each, path, (each.merged.bits & listings) !== 0));
      const rules = decidingRules(list, path);
      for (const capability of capabilities) {
        const { level, rule } = grantOf(rules, capability);
        if (level === "none") continue;
        const key = `${capability} ${rule?.pattern.kind} ${rule?.pattern.text}`;
        const earlier = found.get(key);
        if (earlier && awkwardness(earlier.witness, capability) <= awkwardness(path, capability)) continue;
        found.set(key, { witness: path, capability, level, rule });
      }
    },
    { focus: new Set([0]), ...(budget === undefined ? {} : { budget }) },
  );
  return { reached: [...found.values()], certain: complete && !doubtful, complete };
}

/** Whether a path lies in the region; listing a folder `a/` also tells of what `a` names. */
function insideOf(target: Pattern): (path: string) => boolean {
  if (target.kind === "exact") return (path) => path === target.text;
  const trie = new PatternTrie([target]);
  return (path) => trie.best(path) >= 0;
}

function exampleOf(region: string): string {
  return region.replace(/\*$/, "x").replace(/(^|\/)\+(?=\/|$)/g, "$1x");
}
