import { capabilityBit, isListing } from "../../../policies/capability";
import { differenceKind } from "../../../policies/compare/difference-kind";
import {
  type ComparedCapability,
  type Deciding,
  decidingRules,
  type Grant,
  grantOf,
} from "../../../policies/compare/grant";
import type { AccessList } from "../../../policies/semantics/access-list";
import { needsSudo } from "../../../policies/semantics/sudo-paths";
import type { AccessKind } from "./access-atom";
import type { AtomView } from "./atom-view";
import { othersThanKv } from "./marks";

/** What decides one path on both sides, looked up once for all capabilities. */
export interface DecidingOn {
  readonly path: string;
  readonly before: AccessList;
  readonly after: AccessList;
  /** Undefined where the base had nothing like the path. */
  readonly plain: Deciding | undefined;
  /** The same for lists: KV version 2 has names in an area of their own. */
  readonly listing: Deciding | undefined;
  readonly now: Deciding;
  /** Whether the path needs sudo, before and after. */
  readonly sudo: readonly [boolean, boolean];
}

/** What became of one capability on a path; without a kind where nothing did. */
export interface ChangeOn {
  readonly was: Grant;
  readonly is: Grant;
  readonly kind: AccessKind | undefined;
}

const SUDO = capabilityBit("sudo");
const NOTHING: Grant = { level: "none", rule: undefined };

/** @returns undefined where the head has no such place any more */
export function decidingOn(
  path: string,
  before: AccessList,
  after: AccessList,
  view: AtomView,
): DecidingOn | undefined {
  const { moves } = view;
  const from = moves.earlierPath(path);
  const listed = moves.moves.length === 0 ? from : moves.earlierPath(path, true);
  if (from === "nowhere" || listed === "nowhere") return undefined;
  const plain = from === undefined ? undefined : decidingRules(before, from);
  return {
    path,
    before,
    after,
    plain,
    listing: listed === from ? plain : listed === undefined ? undefined : decidingRules(before, listed),
    now: decidingRules(after, path),
    sudo: [
      needsSudo(from ?? path, before.dialect, othersThanKv(view.earlierMounts ?? view.mounts)),
      needsSudo(path, after.dialect, othersThanKv(view.mounts)),
    ],
  };
}

export function changeOn(deciding: DecidingOn, capability: ComparedCapability): ChangeOn {
  const { path, before, after, now, sudo } = deciding;
  const earlier = isListing(capability) ? deciding.listing : deciding.plain;
  // The path of a list has its slash; rules say so by themselves, and root has none.
  if (isListing(capability) && !path.endsWith("/")) return { was: NOTHING, is: NOTHING, kind: undefined };
  const was = earlier ? effective(before, earlier, capability, sudo[0]) : NOTHING;
  const is = effective(after, now, capability, sudo[1]);
  const kind = differenceKind(was, is, capability);
  // Where sudo is needed it is part of the other capabilities.
  const isPart = capability === "sudo" && (sudo[0] || sudo[1]);
  return { was, is, kind: kind === "unknown" || isPart ? undefined : kind };
}

/**
 * The grant as requests get it: root has all, whom the engine refuses has nothing, and without the sudo that a path needs a
 * capability is worth nothing.
 */
function effective(
  list: AccessList,
  deciding: Deciding,
  capability: ComparedCapability,
  sudo: boolean,
): Grant {
  if (list.isRoot) return { level: "full", rule: undefined };
  if (list.failure !== undefined) return NOTHING;
  const grant = grantOf(deciding, capability);
  if (!sudo || grant.level === "none" || ((grant.rule?.bits ?? 0) & SUDO) !== 0) return grant;
  return { level: "none", rule: grant.rule };
}
