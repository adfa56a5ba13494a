import type { AccessList } from "../../policies/semantics/access-list";
import { type Pattern, patternFor, writtenPattern } from "../../policies/semantics/rank";
import type { RevisionMount } from "../model";
import { mountOf } from "../mount-of";

/** A mount that is the same and has another path, or the other version of KV. */
export interface MountMove {
  readonly from: RevisionMount;
  readonly to: RevisionMount;
}

/**
 * What a path of the head was called in the base. A mount that moves takes its secrets along, and one that becomes KV version 2
 * keeps them under `data/`: what a principal can do to them has to be compared across the two names.
 */
export class MountMoves {
  readonly moves: readonly MountMove[];

  constructor(
    base: readonly RevisionMount[],
    readonly head: readonly RevisionMount[],
  ) {
    const known = base.filter(({ identity }) => identity !== undefined);
    const byIdentity = new Map(known.map((mount) => [mount.identity, mount]));
    const sameAs = ({ identity }: RevisionMount): RevisionMount | undefined =>
      identity === undefined ? undefined : byIdentity.get(identity);
    // What is now somewhere else is not what took its place.
    const elsewhere = new Set(head.map(sameAs));
    const byPath = new Map(base.filter((mount) => !elsewhere.has(mount)).map((mount) => [mount.path, mount]));
    this.moves = head.flatMap((to) => {
      const from = sameAs(to) ?? byPath.get(to.path);
      return from && (from.path !== to.path || isOtherVersion(from, to)) ? [{ from, to }] : [];
    });
  }

  /**
   * @param listing whether names are listed there: KV version 2 has them in an area of their own
   * @returns undefined where the base had nothing like it, `nowhere` where the head has no such place any more
   */
  earlierPath(path: string, listing = false): string | undefined | "nowhere" {
    if (this.moves.length === 0) return path;
    const mount = mountOf(path, this.head);
    const moved = this.moves.find(({ to }) => to === mount);
    if (moved) {
      const rest = earlierRest(path.slice(moved.to.path.length), moved, listing);
      return rest === undefined ? undefined : moved.from.path + rest;
    }
    if (!this.moves.some(({ from }) => path.startsWith(from.path))) return path;
    return mount ? undefined : "nowhere";
  }

  /** What a pattern of the base that decides this path of the head would be there. */
  laterPattern(pattern: Pattern, path: string, listing: boolean): Pattern {
    const move = this.moves.find(({ to }) => path.startsWith(to.path));
    const under = move ? renamed(pattern, move) : [];
    return under[listing ? under.length - 1 : 0] ?? pattern;
  }

  /** The patterns of both sides under the names of the head, all of them changed; undefined when nothing moved. */
  comparedPatterns(
    before: AccessList,
    after: AccessList,
  ): { patterns: Pattern[]; changed: Set<number> } | undefined {
    if (this.moves.length === 0) return undefined;
    const patterns = new Map<string, Pattern>();
    const add = (pattern: Pattern): unknown => patterns.set(`${pattern.kind} ${pattern.text}`, pattern);
    for (const { pattern } of after.rules()) add(pattern);
    for (const { pattern } of before.rules()) {
      add(pattern);
      for (const move of this.moves) for (const under of renamed(pattern, move)) add(under);
    }
    for (const { to } of this.moves) add(patternFor(`${to.path}*`));
    const all = [...patterns.values()];
    return { patterns: all, changed: new Set(all.keys()) };
  }
}

function isOtherVersion(from: RevisionMount, to: RevisionMount): boolean {
  return from.type === "kv" && to.type === "kv" && versionOf(from) !== versionOf(to);
}

function versionOf({ kvVersion }: RevisionMount): 1 | 2 {
  return kvVersion ?? 1;
}

function earlierRest(rest: string, move: MountMove, listing: boolean): string | undefined {
  if (!isOtherVersion(move.from, move.to)) return rest;
  const area = listing ? "metadata/" : "data/";
  if (versionOf(move.from) === 2) return area + rest;
  return rest.startsWith(area) ? rest.slice(area.length) : undefined;
}

/** What a pattern of the base matches in the mount, under the mount's new name. */
function renamed(pattern: Pattern, move: MountMove): Pattern[] {
  const rest = restBelow(pattern, move.from);
  if (rest === undefined) return [];
  return laterRests(rest, move).map((each) => patternFor(move.to.path + each));
}

/** The part of a pattern that is below a mount, `*` when it covers all of it. */
export function restBelow(pattern: Pattern, { path }: RevisionMount): string | undefined {
  const written = writtenPattern(pattern);
  if (pattern.kind !== "segment") {
    if (pattern.text.startsWith(path)) return written.slice(path.length);
    // Names are listed by a rule without the slash too.
    if (`${written}/` === path) return "";
    return pattern.kind === "prefix" && path.startsWith(pattern.text) ? "*" : undefined;
  }
  const mount = path.split("/").slice(0, -1);
  const open = written.endsWith("*");
  const segments = written.split("/");
  const fits = mount.every((segment, at) => {
    const own = segments[at];
    return own === undefined || own === "+" || own === segment || (open && at === segments.length - 1);
  });
  if (!fits) return undefined;
  if (segments.length <= mount.length && open) return "*";
  if (segments.length < mount.length) return undefined;
  return segments.slice(mount.length).join("/");
}

function laterRests(rest: string, move: MountMove): string[] {
  if (!isOtherVersion(move.from, move.to)) return [rest];
  if (versionOf(move.from) === 1) return [`data/${rest}`, `metadata/${rest}`];
  const slash = rest.indexOf("/");
  const area = slash < 0 ? rest : rest.slice(0, slash);
  if (area.endsWith("*") && slash < 0) return ["*"];
  // The folder of all names.
  if (slash < 0 && ["metadata", "+"].includes(area)) return [""];
  return slash >= 0 && ["data", "metadata", "+"].includes(area) ? [rest.slice(slash + 1)] : [];
}
