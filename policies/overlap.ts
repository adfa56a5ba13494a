import type { Capability } from "./capability";

/**
 * What a set of grants allows at one pattern of whole segments, where `+` stands for any one segment. No declared secret
 * has an empty one, so here `+` does not mean the empty segment behind a folder's slash, though the server's would.
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
 * Holds for patterns of literal segments and `+`, without `*`: whatever is more specific wins among those.
 */
export function uniteOverlaps(accesses: Iterable<PatternAccess>): PatternAccess[] {
  const byPattern = new Map<string, Set<Capability>>();
  for (const { pattern, capabilities } of accesses) {
    addAll(byPattern, pattern, capabilities);
  }
  for (const [pattern, capabilities] of slashless([...byPattern.keys()]))
    addAll(byPattern, pattern, capabilities);
  const wild = [...byPattern.keys()].filter(hasWildcard);
  closeUnderIntersection(byPattern, wild);
  const before = new Map([...byPattern].map(([pattern, capabilities]) => [pattern, [...capabilities]]));
  for (const pattern of byPattern.keys()) {
    for (const wider of wild) {
      if (wider !== pattern && covers(wider, pattern)) addAll(byPattern, pattern, before.get(wider) ?? []);
    }
  }
  return [...byPattern]
    .filter(([pattern, capabilities]) => !isSpared(pattern, capabilities, wild, byPattern))
    .map(([pattern, capabilities]) => ({ pattern, capabilities }));
}

/** A pattern says nothing of its own when all that cover it allow just the same: whichever of them wins, nothing changes. */
function isSpared(
  pattern: string,
  capabilities: ReadonlySet<Capability>,
  wild: readonly string[],
  byPattern: ReadonlyMap<string, ReadonlySet<Capability>>,
): boolean {
  const wider = wild.filter((other) => other !== pattern && covers(other, pattern));
  return wider.length > 0 && wider.every((other) => byPattern.get(other)?.size === capabilities.size);
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
 * Vault 1.13.10 to 2.0.2 and OpenBao before 2.6 answer LIST `app/x/` by the best wildcard rule for `app/x` first
 * (vault/acl.go, the trimmed path): there a rule `app/+` would hide the list of a rule `app/+/`. Where the two meet, the
 * slashless one lists as well, which allows the same one operation and no other.
 */
function slashless(patterns: readonly string[]): [string, Capability[]][] {
  const wild = patterns.filter(hasWildcard);
  const folders = wild.filter((pattern) => pattern.endsWith("/")).map((pattern) => pattern.slice(0, -1));
  return folders.flatMap((folder) =>
    wild
      .map((pattern) => intersect(folder, pattern))
      .filter((both) => both !== undefined)
      .map((both): [string, Capability[]] => [both, ["list"]]),
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
