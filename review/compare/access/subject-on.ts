import { isListing } from "../../../policies/capability";
import type { ComparedCapability, Grant } from "../../../policies/compare/grant";
import { mountOf } from "../../mount-of";
import type { AtomView } from "./atom-view";
import { type Subject, subjectOf } from "./subject";

/**
 * What a capability on a path of the head means.
 * @param grants before and after, whose rules tell the region; none for all of the server
 */
export function subjectOn(
  path: string,
  capability: ComparedCapability,
  grants: readonly Grant[],
  { mounts, gone, moves, names }: AtomView,
): Subject {
  const [was, is] = grants;
  // The rule of the base as it would be written for the head.
  const earlier = was?.rule && moves.laterPattern(was.rule.pattern, path, isListing(capability));
  const mount = mountOf(path, mounts) ?? mountOf(path, gone ?? []);
  return subjectOf(path, capability, [earlier, is?.rule?.pattern], mount, names);
}
