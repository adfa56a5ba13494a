import type { AccessList } from "../semantics/access-list";
import type { MergedRule } from "../semantics/merged-rule";
import { type Pattern, writtenPattern } from "../semantics/rank";
import { coverPaths } from "./cover";
import { byImportance, type Difference, unknown } from "./difference";
import { differenceKind } from "./difference-kind";
import {
  COMPARED_CAPABILITIES,
  type ComparedCapability,
  conditionKey,
  decidingRules,
  grantOf,
} from "./grant";
import { doubtsBetween } from "./template-doubts";
import { awkwardness, isAclOnly } from "./witness";

/** Everything that two access lists differ in. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Whether every class of paths was looked at. If not, there is a difference of kind `unknown` that says so. */
  readonly complete: boolean;
  /** How many paths were tried. */
  readonly paths: number;
}

export interface CompareOptions {
  /** The most paths to try. @default 200,000 */
  readonly budget?: number;
  /** Only these capabilities. @default all but deny */
  readonly capabilities?: readonly ComparedCapability[];
}

/**
 * Every difference between what two access lists allow, each with a witness. Exhaustive: the paths that are tried cover all
 * classes of paths on which a changed rule can have a say. The lists may be of different engines.
 */
export function compareAccess(
  before: AccessList,
  after: AccessList,
  options: CompareOptions = {},
): Comparison {
  if (before.isRoot || after.isRoot) return compareRoots(before, after);
  const { patterns, changed } = comparedPatterns(before, after);
  const found = new Map<string, Difference>();
  const capabilities = options.capabilities ?? COMPARED_CAPABILITIES;
  let paths = 0;
  const complete = coverPaths(
    patterns,
    (path) => {
      paths++;
      comparePath(before, after, path, capabilities, found);
    },
    { focus: changed, ...(options.budget === undefined ? {} : { budget: options.budget }) },
  );
  const differences = [...found.values(), ...doubts(before, after, complete)];
  return { differences: differences.sort(byImportance), complete, paths };
}

/** The patterns of both lists, each once, and the indexes of those on which they can disagree. */
export function comparedPatterns(
  before: AccessList,
  after: AccessList,
): { readonly patterns: Pattern[]; readonly changed: Set<number> } {
  const table = new Map<string, { pattern: Pattern; before?: MergedRule; after?: MergedRule }>();
  for (const rule of before.rules()) table.set(keyOf(rule.pattern), { pattern: rule.pattern, before: rule });
  for (const rule of after.rules())
    table.set(keyOf(rule.pattern), { ...table.get(keyOf(rule.pattern)), pattern: rule.pattern, after: rule });
  const entries = [...table.values()];
  const engines = sameSemantics(before, after);
  const changed = new Set<number>();
  for (const [index, entry] of entries.entries())
    if (!engines || !sameRule(entry.before, entry.after)) changed.add(index);
  return { patterns: entries.map((entry) => entry.pattern), changed };
}

function keyOf(pattern: Pattern): string {
  return `${pattern.kind} ${pattern.text}`;
}

function sameSemantics(before: AccessList, after: AccessList): boolean {
  const [a, b] = [before.dialect, after.dialect];
  return (
    a.listMode === b.listMode &&
    a.scanMode === b.scanMode &&
    a.matchesElements === b.matchesElements &&
    a.closesZeroLimit === b.closesZeroLimit &&
    a.product === b.product
  );
}

function sameRule(before: MergedRule | undefined, after: MergedRule | undefined): boolean {
  if (!before || !after || before.bits !== after.bits) return false;
  if (!before.conditions && !after.conditions) return true;
  return COMPARED_CAPABILITIES.every(
    (capability) =>
      conditionKey(before.conditions, capability) === conditionKey(after.conditions, capability),
  );
}

function comparePath(
  before: AccessList,
  after: AccessList,
  path: string,
  capabilities: readonly ComparedCapability[],
  found: Map<string, Difference>,
): void {
  const [old, now] = [decidingRules(before, path), decidingRules(after, path)];
  for (const capability of capabilities) {
    const [was, is] = [grantOf(old, capability), grantOf(now, capability)];
    const kind = differenceKind(was, is, capability);
    for (const { reason } of doubtsBetween(before, after, path, was, is, capability, kind))
      if (!found.has(reason)) found.set(reason, unknown(reason, path));
    if (!kind) continue;
    const rules = [was.rule, is.rule].map((rule) => (rule ? keyOf(rule.pattern) : "")).join("\n");
    const key = `${kind} ${capability}\n${rules}`;
    const aclOnly = isAclOnly(path, capability);
    const earlier = found.get(key);
    const keep = earlier && awkwardness(earlier.witness, capability) <= awkwardness(path, capability);
    found.set(key, {
      kind,
      capability,
      witness: keep ? earlier.witness : path,
      aclOnly: keep ? earlier.aclOnly : aclOnly,
      before: was.rule && writtenPattern(was.rule.pattern),
      after: is.rule && writtenPattern(is.rule.pattern),
      beforeRule: was.rule,
      afterRule: is.rule,
      classes: (earlier?.classes ?? 0) + 1,
    });
  }
}

/** What the comparison cannot vouch for. */
function doubts(before: AccessList, after: AccessList, complete: boolean): Difference[] {
  const out: Difference[] = [];
  if (!complete) out.push(unknown("there are more classes of paths than the budget allows to look at", "*"));
  for (const reason of new Set([before.dialect.inexact, after.dialect.inexact])) {
    if (reason !== undefined) out.push(unknown(reason, "*"));
  }
  const key = (list: AccessList): string[] => list.uncertain.map(({ source }) => JSON.stringify(source.rule));
  const [old, now] = [key(before), key(after)];
  for (const { source, directives } of [...before.uncertain, ...after.uncertain]) {
    const text = JSON.stringify(source.rule);
    if (old.includes(text) && now.includes(text)) continue;
    out.push(unknown(`${directives.join(", ")} is not known`, source.rule.path));
  }
  return out;
}

function compareRoots(before: AccessList, after: AccessList): Comparison {
  if (before.isRoot && after.isRoot) return { differences: [], complete: true, paths: 0 };
  const kind = after.isRoot ? "gained" : "lost";
  const differences = COMPARED_CAPABILITIES.map(
    (capability) => ({ ...unknown("", "*"), kind, capability, reason: "root" }) as Difference,
  );
  return { differences, complete: true, paths: 0 };
}
