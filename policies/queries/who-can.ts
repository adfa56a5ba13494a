import { isListing } from "../capability";
import { coverPaths } from "../compare/cover";
import { type ComparedCapability, decidingRules, grantOf } from "../compare/grant";
import { isAclOnly } from "../compare/witness";
import type { Dialect } from "../dialect";
import { type KvIntent, needsOf, type SecretPath } from "../kv-intents";
import type { AccessList } from "../semantics/access-list";
import { literalOf } from "../semantics/literal";
import type { MergedRule } from "../semantics/merged-rule";
import { PatternTrie } from "../semantics/pattern-trie";
import { patternFor } from "../semantics/rank";
import { type Mount, needsSudo, sudoPaths } from "../semantics/sudo-paths";
import { couldDecide, dependsOn } from "../semantics/uncertain-rule";
import type { CompiledModel, Principal } from "./principal";

/** Capabilities that are needed together on a path, or on every path of a region (`*` behind, `+` for a segment). */
export interface Part {
  readonly path: string;
  readonly capabilities: readonly ComparedCapability[];
  /** Where in the region the engine asks for sudo besides, in the same rule. */
  readonly sudoOn?: readonly string[];
}

/** How far something is granted. */
export interface Granted {
  /** `partial`: something of what it needs is missing, or a part of the region; `unknown` is to be read as the worst. */
  readonly level: "full" | "conditional" | "partial" | "unknown";
  /** The rules that grant it; none for root. */
  readonly rules: readonly MergedRule[];
  /** What is missing, with a path on which it shows. */
  readonly missing: readonly Part[];
  /** For `unknown`: why. */
  readonly unknown?: string;
}

/**
 * Every principal that is granted all parts or some of them, and every one of whom nobody can tell. Exact: no path of a region is
 * left out. What an intent needs is `partsOf`, what an operation on an API path needs `partFor`.
 * @param others further ways to the same, of which any one is enough: `otherWays` of an intent
 */
export function whoCan(
  model: CompiledModel,
  parts: readonly Part[],
  others: readonly (readonly Part[])[] = [],
): (Granted & { readonly principal: Principal })[] {
  const done = new Map<AccessList, Granted | undefined>();
  return model.model.principals.flatMap((principal) => {
    const list = model.accessOf(principal);
    if (!done.has(list)) done.set(list, mostOf([parts, ...others].map((each) => grantedBy(list, each))));
    const granted = done.get(list);
    return granted ? [{ principal, ...granted }] : [];
  });
}

const BEST: readonly Granted["level"][] = ["full", "conditional", "unknown", "partial"];

function mostOf(ways: readonly (Granted | undefined)[]): Granted | undefined {
  const granted = ways.filter((each) => each !== undefined);
  return granted.toSorted((a, b) => BEST.indexOf(a.level) - BEST.indexOf(b.level))[0];
}

/**
 * Other ways to an intent than `partsOf`, each enough: OpenBao shows the names below metadata/ also to SCAN, and below
 * detailed-metadata/ (asked of 2.7.2).
 */
export function otherWays(intent: KvIntent, secret: SecretPath, dialect: Dialect): Part[][] {
  if (intent !== "see-names" || dialect.product !== "openbao") return [];
  const listed = partsOf(intent, secret);
  const detailed = listed.map(({ path, capabilities }) => ({
    path: `${secret.mount}detailed-${path.slice(secret.mount.length)}`,
    capabilities,
  }));
  const scanned = (parts: readonly Part[]): Part[] =>
    parts.map((part) => ({ ...part, capabilities: ["scan"] }));
  return dialect.scanMode === undefined ? [detailed] : [detailed, scanned(listed), scanned(detailed)];
}

/** What an intent on a secret, or on a tree of secrets, needs: all of it. */
export function partsOf(intent: KvIntent, secret: SecretPath): Part[] {
  return needsOf(intent, secret).flatMap(({ path, capabilities }) =>
    capabilities.map((capability) => ({ path, capabilities: [capability as ComparedCapability] })),
  );
}

/** What a request to an API path, or to each path of a region, needs. @param path of a list with its slash */
export function partFor(
  capability: ComparedCapability,
  path: string,
  dialect: Dialect,
  mounts?: readonly Mount[],
): Part {
  if (patternFor(path).kind === "exact") {
    const sudo = needsSudo(path, dialect, mounts);
    return { path, capabilities: sudo ? [capability, "sudo"] : [capability] };
  }
  const sudoOn = meeting(path, sudoPaths(dialect, mounts));
  return { path, capabilities: [capability], ...(sudoOn.length > 0 ? { sudoOn } : {}) };
}

/** The patterns that could meet the region: what goes before the first wildcard of the one begins that of the other. */
function meeting(region: string, patterns: readonly string[]): string[] {
  const own = literalOf(patternFor(region));
  return patterns.filter((each) => {
    const other = literalOf(patternFor(each));
    return own.startsWith(other) || other.startsWith(own);
  });
}

/** What one access list grants of several parts; `undefined` when it is nothing. */
export function grantedBy(list: AccessList, parts: readonly Part[]): Granted | undefined {
  if (list.isRoot) return { level: "full", rules: [], missing: [] };
  if (list.failure !== undefined) return undefined;
  const rules = new Set<MergedRule>();
  const missing: Part[] = [];
  let conditional = false;
  let unknown = list.dialect.inexact;
  for (const part of parts) {
    const plain = part.capabilities;
    const withSudo = [...plain, "sudo" as const];
    const wantsSudo = matcherOf(part.sudoOn ?? []);
    const complete = eachPath(list, part, (path) => {
      unknown ??= doubtAt(list, path, part.capabilities.some(isListing));
      const deciding = decidingRules(list, path);
      const capabilities = wantsSudo(path) ? withSudo : plain;
      const grants = capabilities.map((capability) => grantOf(deciding, capability));
      if (grants.some(({ level }) => level === "none")) {
        if (!missing.some((each) => each.capabilities === capabilities)) missing.push({ path, capabilities });
        return;
      }
      for (const { level, rule } of grants) {
        conditional ||= level === "conditional";
        if (rule) rules.add(rule);
      }
    });
    if (!complete) unknown ??= "there are more classes of paths than can be looked at";
  }
  if (unknown !== undefined) return { level: "unknown", rules: [...rules], missing, unknown };
  if (rules.size === 0) return undefined;
  const level = missing.length > 0 ? "partial" : conditional ? "conditional" : "full";
  return { level, rules: [...rules], missing };
}

/** One path of every class in the part's region that a request can have. */
function eachPath(
  list: AccessList,
  { path, capabilities, sudoOn = [] }: Part,
  visit: (path: string) => void,
): boolean {
  const target = patternFor(path);
  if (target.kind === "exact") {
    visit(target.text);
    return true;
  }
  const trie = new PatternTrie([target]);
  const listing = capabilities.every(isListing);
  const uncertain = list.uncertain.map((each) => each.merged.pattern);
  const protectedOnes = sudoOn.map((each) => patternFor(each));
  const patterns = [target, ...list.rules().map((rule) => rule.pattern), ...uncertain, ...protectedOnes];
  return coverPaths(
    patterns,
    (candidate) => {
      if (trie.best(candidate) < 0 || candidate.endsWith("/") !== listing) return;
      if (!capabilities.some((capability) => isAclOnly(candidate, capability))) visit(candidate);
    },
    { focus: new Set([0]) },
  );
}

function matcherOf(paths: readonly string[]): (path: string) => boolean {
  const patterns = paths.map((path) => patternFor(path));
  const trie = new PatternTrie(patterns.filter(({ kind }) => kind !== "exact"));
  const exact = new Set(patterns.filter(({ kind }) => kind === "exact").map(({ text }) => text));
  return (path) => exact.has(path) || trie.best(path) >= 0;
}

function doubtAt(list: AccessList, path: string, listing: boolean): string | undefined {
  const found = list.uncertain.find((each) => couldDecide(each, path, listing));
  return found && dependsOn(found);
}
