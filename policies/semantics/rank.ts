import { compareUtf8, utf8Length } from "../utf8";

/** How a rule matches: the whole path, everything that begins with it, or segment by segment because it has a `+`. */
export type PatternKind = "exact" | "prefix" | "segment";

/** A rule's path, taken apart as the engine does it. */
export interface Pattern {
  readonly kind: PatternKind;
  /** Namespace included. Of a prefix without its `*`; of a segment pattern with it. Equal texts of one kind merge. */
  readonly text: string;
}

/**
 * The pattern of a rule with this path in a policy of this namespace: ONE leading slash is taken off, the namespace put
 * in front. Only a whole segment `+` is a wildcard, but any `/+` makes the pattern one of segments.
 */
export function patternFor(path: string, namespace = ""): Pattern {
  const full = namespace + (path.startsWith("/") ? path.slice(1) : path);
  if (full === "+" || full.includes("/+") || full.startsWith("+/")) return { kind: "segment", text: full };
  return full.endsWith("*") ? { kind: "prefix", text: full.slice(0, -1) } : { kind: "exact", text: full };
}

/** How a pattern is written in a policy of the root namespace. */
export function writtenPattern(pattern: Pattern): string {
  const text = pattern.kind === "prefix" ? `${pattern.text}*` : pattern.text;
  return text.startsWith("/") ? `/${text}` : text;
}

interface Rank {
  readonly firstWildcard: number;
  readonly isPrefix: boolean;
  readonly plusCount: number;
  readonly length: number;
  readonly bytes: string;
}

/** Sorts patterns that are not exact from the weakest to the strongest; of those that match, the last one decides. */
export function byStrength<T>(items: readonly T[], patternOf: (item: T) => Pattern): T[] {
  const ranked = items.map((item) => ({ item, rank: rankOf(patternOf(item)) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked.map(({ item }) => item);
}

/** Negative when `a` is the weaker pattern. The order is total; lengths and order are those of UTF-8 bytes. */
export function compareStrength(a: Pattern, b: Pattern): number {
  return compareRanks(rankOf(a), rankOf(b));
}

function rankOf(pattern: Pattern): Rank {
  if (pattern.kind === "prefix") {
    const length = utf8Length(pattern.text);
    return { firstWildcard: length, isPrefix: true, plusCount: 0, length, bytes: pattern.text };
  }
  const isPrefix = pattern.text.endsWith("*");
  const body = isPrefix ? pattern.text.slice(0, -1) : pattern.text;
  return {
    // The first plus CHARACTER counts, even one that is no wildcard.
    firstWildcard: utf8Length(pattern.text.slice(0, pattern.text.indexOf("+"))),
    isPrefix,
    plusCount: body.split("/").filter((segment) => segment === "+").length,
    length: utf8Length(body),
    bytes: body,
  };
}

function compareRanks(a: Rank, b: Rank): number {
  if (a.firstWildcard !== b.firstWildcard) return a.firstWildcard - b.firstWildcard;
  if (a.isPrefix !== b.isPrefix) return a.isPrefix ? -1 : 1;
  if (a.plusCount !== b.plusCount) return b.plusCount - a.plusCount;
  if (a.length !== b.length) return a.length - b.length;
  return compareUtf8(a.bytes, b.bytes);
}

/** What decided between two patterns that both match, in words. */
export function strengthReason(winner: Pattern, loser: Pattern): string {
  const [strong, weak] = [rankOf(winner), rankOf(loser)];
  if (strong.firstWildcard !== weak.firstWildcard) return "its first wildcard comes later";
  if (strong.isPrefix !== weak.isPrefix) return "it does not end in *";
  if (strong.plusCount !== weak.plusCount) return "it has fewer +";
  return strong.length !== weak.length ? "it is longer" : "it comes later in the order of bytes";
}
