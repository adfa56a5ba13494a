import type { AccessList } from "../../policies/semantics/access-list";
import { type Pattern, patternFor } from "../../policies/semantics/rank";
import type { RevisionMount } from "../model";
import { mountOf } from "./subject";

/** A mount that is the same and has another path. */
export interface MountMove {
  readonly from: RevisionMount;
  readonly to: RevisionMount;
}

/**
 * What a path of the head was called in the base. A mount that moves takes its secrets along, so what a principal can do to
 * them has to be compared across the two names.
 */
export class MountMoves {
  readonly moves: readonly MountMove[];

  constructor(
    base: readonly RevisionMount[],
    readonly head: readonly RevisionMount[],
  ) {
    const before = new Map(
      base.filter(({ identity }) => identity !== undefined).map((mount) => [mount.identity, mount]),
    );
    this.moves = head.flatMap((to) => {
      const from = to.identity === undefined ? undefined : before.get(to.identity);
      return from && from.path !== to.path ? [{ from, to }] : [];
    });
  }

  /** @returns undefined where the base had nothing like it, `nowhere` where the head has no such place any more */
  earlierPath(path: string): string | undefined | "nowhere" {
    if (this.moves.length === 0) return path;
    const mount = mountOf(path, this.head);
    const moved = this.moves.find(({ to }) => to === mount);
    if (moved) return moved.from.path + path.slice(moved.to.path.length);
    if (!this.moves.some(({ from }) => path.startsWith(from.path))) return path;
    return mount ? undefined : "nowhere";
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
      for (const move of this.moves) {
        const under = renamed(pattern, move);
        if (under) add(under);
      }
    }
    for (const { to } of this.moves) add(patternFor(`${to.path}*`));
    const all = [...patterns.values()];
    return { patterns: all, changed: new Set(all.keys()) };
  }
}

/** What a pattern of the base matches in the mount, under the mount's new name. */
function renamed(pattern: Pattern, { from, to }: MountMove): Pattern | undefined {
  if (pattern.kind !== "segment") {
    if (pattern.text.startsWith(from.path))
      return { kind: pattern.kind, text: to.path + pattern.text.slice(from.path.length) };
    return pattern.kind === "prefix" && from.path.startsWith(pattern.text)
      ? { kind: "prefix", text: to.path }
      : undefined;
  }
  const mount = from.path.split("/").slice(0, -1);
  const open = pattern.text.endsWith("*");
  const segments = pattern.text.split("/");
  const fits = mount.every((segment, at) => {
    const own = segments[at];
    return own === undefined || own === "+" || own === segment || (open && at === segments.length - 1);
  });
  if (!fits) return undefined;
  if (segments.length <= mount.length) return open ? { kind: "prefix", text: to.path } : undefined;
  return patternFor(to.path + segments.slice(mount.length).join("/"));
}
