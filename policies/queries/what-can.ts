import { coverPaths } from "../compare/cover";
import { COMPARED_CAPABILITIES, type ComparedCapability, decidingRules, grantOf } from "../compare/grant";
import { awkwardness } from "../compare/witness";
import type { AccessList } from "../semantics/access-list";
import { writtenPattern } from "../semantics/rank";

/** Where one rule grants something, with a path as an example. */
export interface Region {
  /** The rule that decides, as written. */
  readonly pattern: string;
  readonly capabilities: readonly ComparedCapability[];
  /** Those that hold only under conditions. */
  readonly conditional: readonly ComparedCapability[];
  readonly example: string;
}

/** All that an access list grants. */
export interface Reach {
  readonly regions: readonly Region[];
  /** Whether all classes of paths were looked at. */
  readonly complete: boolean;
}

/**
 * All that an access list grants, rule by rule: only what a rule really decides, so rules that are shadowed everywhere do
 * not show.
 */
export function whatCan(list: AccessList, budget?: number): Reach {
  const found = new Map<
    string,
    { granted: Set<ComparedCapability>; full: Set<ComparedCapability>; example: string; odd: number }
  >();
  if (list.isRoot) {
    return {
      regions: [{ pattern: "*", capabilities: COMPARED_CAPABILITIES, conditional: [], example: "x" }],
      complete: true,
    };
  }
  const patterns = list.rules().map((rule) => rule.pattern);
  const complete = coverPaths(
    patterns,
    (path) => {
      const deciding = decidingRules(list, path);
      for (const capability of COMPARED_CAPABILITIES) {
        const { level, rule } = grantOf(deciding, capability);
        if (level === "none" || !rule) continue;
        const pattern = writtenPattern(rule.pattern);
        const odd = awkwardness(path, capability);
        const region = found.get(pattern) ?? { granted: new Set(), full: new Set(), example: path, odd };
        if (odd < region.odd) Object.assign(region, { example: path, odd });
        region.granted.add(capability);
        if (level === "full") region.full.add(capability);
        found.set(pattern, region);
      }
    },
    budget === undefined ? {} : { budget },
  );
  const regions = [...found].map(([pattern, { granted, full, example }]) => ({
    pattern,
    capabilities: COMPARED_CAPABILITIES.filter((capability) => granted.has(capability)),
    conditional: COMPARED_CAPABILITIES.filter(
      (capability) => granted.has(capability) && !full.has(capability),
    ),
    example,
  }));
  return { regions: regions.sort((a, b) => (a.pattern < b.pattern ? -1 : 1)), complete };
}
