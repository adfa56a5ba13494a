import type { RevisionMount } from "./model";

/** The mount that a path belongs to: the one with the longest path. */
export function mountOf(path: string, mounts: readonly RevisionMount[]): RevisionMount | undefined {
  let found: RevisionMount | undefined;
  for (const mount of mounts)
    if (path.startsWith(mount.path) && mount.path.length > (found?.path.length ?? 0)) found = mount;
  return found;
}
