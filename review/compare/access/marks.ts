import { KV2_AREAS } from "../../../policies/kv-areas";
import type { AccessList } from "../../../policies/semantics/access-list";
import { type Pattern, patternFor } from "../../../policies/semantics/rank";
import { type Mount, sudoPaths } from "../../../policies/semantics/sudo-paths";
import type { RevisionMount } from "../../model";
import type { AtomView } from "./atom-view";
import { literalHead } from "./secret-names";

/** Patterns that decide nothing and make the walk tell apart what people tell apart. */
export function marks(
  rules: readonly Pattern[],
  before: AccessList,
  after: AccessList,
  view: AtomView,
): Pattern[] {
  const mounts = [...view.mounts, ...(view.gone ?? []), ...underNewNames(view)];
  const areas = mounts.flatMap((mount) =>
    mount.type === "kv" && mount.kvVersion !== 1 ? areasOf(mount.path) : [`${mount.path}*`],
  );
  const sudo = [before, after].flatMap(({ dialect }) => sudoPaths(dialect, othersThanKv(mounts)));
  const approved = view.approvals.flatMap(({ scopes }) => scopes.map(({ pattern }) => pattern));
  const other = [...new Set([...areas, ...sudo])].map((path) => patternFor(path));
  const heads = rules.map(literalHead);
  const isNear = (pattern: Pattern): boolean => {
    const head = literalHead(pattern);
    return heads.some((each) => each.startsWith(head) || head.startsWith(each));
  };
  const folders = rules
    .filter(({ kind, text }) => kind === "prefix" && text.endsWith("/"))
    .map(({ text }): Pattern => ({ kind: "exact", text }));
  return [...other.filter(isNear), ...approved, ...folders, ...view.names.near(rules)];
}

/** What moved, with the type that it had. */
function underNewNames({ moves }: AtomView): RevisionMount[] {
  return moves.moves.map(({ from, to }) => ({ ...from, path: to.path }));
}

/** The mounts whose paths may need sudo: those of KV never do. */
export function othersThanKv(mounts: readonly RevisionMount[]): Mount[] {
  return mounts.filter(({ type }) => type !== "kv");
}

/** One pattern for each area of KV v2, and its configuration. */
function areasOf(mount: string): string[] {
  return [...[...KV2_AREAS].map((area) => `${mount}${area}/*`), `${mount}config`];
}
