import type { Capability } from "./capability";

/**
 * What a set of grants allows at one pattern of whole segments, where `+` stands for any one segment. No declared secret
 * has an empty one, so here `+` does not mean the empty segment behind a folder's slash, as a server's does.
 */
export interface PatternAccess {
  readonly pattern: string;
  readonly capabilities: ReadonlySet<Capability>;
}

/**
 * Makes a set of grants mean their union. A server takes ONE rule for a path, the most specific, and ignores the
 * others (docs/concepts/policies, "priority matching"): beside a grant to read `app/+`, a grant to write `app/db`
 * would take the reading of `app/db` away. So each pattern receives the capabilities of every pattern that covers
 * it, and where two overlap without either covering the other, their intersection becomes a rule of its own. What then
 * says no more than the wider patterns is left out.
 *
 * Holds for patterns of literal segments and `+`, without `*`: whatever is more specific wins among those. Folders, whose
 * patterns end in a slash, are listed and nothing else, and one that ends in `+/` comes with the folder above it, as grants do.
 */
export function uniteOverlaps(
  accesses: Iterable<{ readonly pattern: string; readonly capabilities: Iterable<Capability> }>,
): PatternAccess[] {
  const byPattern = new Map<string, Set<Capability>>();
  for (const { pattern, capabilities } of accesses) {
    addAll(byPattern, pattern, capabilities);
  }
  for (const pattern of shadowingFolders([...byPattern.keys()])) addAll(byPattern, pattern, ["list"]);
  const wild = [...byPattern.keys()].filter(hasWildcard);
  if (wild.length === 0) return [...byPattern].map(([pattern, capabilities]) => ({ pattern, capabilities }));
  closeUnderIntersection(byPattern, wild);
  const before = new Map([...byPattern].map(([pattern, capabilities]) => [pattern, [...capabilities]]));
  for (const pattern of byPattern.keys()) {
    for (const wider of wild) {
      if (wider !== pattern && covers(wider, pattern)) addAll(byPattern, pattern, before.get(wider) ?? []);
    }
  }
  return withoutIdle(byPattern, wild).map((pattern) => ({
    pattern,
    capabilities: byPattern.get(pattern) as ReadonlySet<Capability>,
  }));
}

/**
 * The patterns that say something of their own: one is idle where the narrowest of those that cover it allow just the same,
 * because whichever of them wins instead, nothing changes.
 */
function withoutIdle(
  byPattern: ReadonlyMap<string, ReadonlySet<Capability>>,
  wild: readonly string[],
): string[] {
  const isWild = new Set(wild);
  const kept: string[] = [];
  const isIdle = (pattern: string, capabilities: ReadonlySet<Capability>): boolean => {
    const wider = kept.filter((other) => shadows(other, pattern));
    const narrowest = wider.filter((one) => !wider.some((other) => other !== one && covers(one, other)));
    return narrowest.length > 0 && narrowest.every((other) => isSame(byPattern.get(other), capabilities));
  };
  // What covers another has more wildcards, so each is held against those that stay.
  for (const pattern of [...isWild].sort((a, b) => wildcards(b) - wildcards(a))) {
    if (!isIdle(pattern, byPattern.get(pattern) ?? new Set())) kept.push(pattern);
  }
  const exact = [...byPattern].filter(([pattern]) => !isWild.has(pattern));
  return [...kept, ...exact.filter((each) => !isIdle(...each)).map(([pattern]) => pattern)];
}

function wildcards(pattern: string): number {
  return pattern.split("/").filter((segment) => segment === "+").length;
}

function isSame(some: ReadonlySet<Capability> | undefined, others: ReadonlySet<Capability>): boolean {
  return some?.size === others.size && [...others].every((capability) => some.has(capability));
}

/** Whether a server could take `wide` where `narrow` is meant; for a server, `+` is also the nothing behind a folder's slash. */
function shadows(wide: string, narrow: string): boolean {
  return covers(wide, narrow) || (wide.endsWith("/+") && covers(wide.slice(0, -1), narrow));
}

/** Whether every path that `narrow` matches is matched by `wide`. */
export function covers(wide: string, narrow: string): boolean {
  return intersect(wide, narrow) === narrow;
}

/** The pattern of the paths that both match, or `undefined` when there are none. */
export function intersect(a: string, b: string): string | undefined {
  const left = a.split("/");
  const right = b.split("/");
  if (left.length !== right.length) return undefined;
  const both: string[] = [];
  for (const [index, segment] of left.entries()) {
    const other = right[index] as string;
    const meets = segment === other || (segment === "+" && other !== "") || (other === "+" && segment !== "");
    if (!meets) return undefined;
    both.push(segment === "+" ? other : segment);
  }
  return both.join("/");
}

/**
 * Where a rule that does not list would answer LIST `app/x/` instead of the folder rule `app/+/` which does, so that it has to
 * list as well. LIST comes only with a slash at its end, so that allows nothing else. Two kinds of rules are in the way:
 * - without the slash, `app/x` or `app/+`: an exact one is asked before every wildcard, and Vault 1.13.10 to 2.0.2 and OpenBao
 *   before 2.6 ask wildcard ones first too (vault/acl.go, the trimmed path);
 * - with `+` for what is behind the slash, `app/x/+`: it is more specific than `app/+/`, and matches the empty segment.
 */
function shadowingFolders(patterns: readonly string[]): string[] {
  const folders = patterns.filter((pattern) => pattern.endsWith("/") && hasWildcard(pattern));
  const openEnded = patterns
    .filter((pattern) => pattern.endsWith("/+"))
    .map((pattern) => pattern.slice(0, -1));
  return folders.flatMap((folder) =>
    [
      ...patterns.map((pattern) => intersect(folder.slice(0, -1), pattern)),
      ...openEnded.map((pattern) => intersect(folder, pattern)),
    ].filter((both) => both !== undefined),
  );
}

/** Literal patterns intersect to themselves; only pairs of wildcard patterns can make a new one. */
function closeUnderIntersection(byPattern: Map<string, Set<Capability>>, wild: string[]): void {
  for (let index = 0; index < wild.length; index++) {
    for (let other = 0; other < index; other++) {
      const both = intersect(wild[index] as string, wild[other] as string);
      if (both !== undefined && !byPattern.has(both)) {
        byPattern.set(both, new Set());
        if (hasWildcard(both)) wild.push(both);
      }
    }
  }
}

function addAll(
  into: Map<string, Set<Capability>>,
  pattern: string,
  capabilities: Iterable<Capability>,
): void {
  const held = into.get(pattern) ?? new Set<Capability>();
  into.set(pattern, held);
  for (const capability of capabilities) held.add(capability);
}

function hasWildcard(pattern: string): boolean {
  return pattern === "+" || pattern.startsWith("+/") || pattern.includes("/+");
}
