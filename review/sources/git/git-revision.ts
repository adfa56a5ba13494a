import type { AccessRevision } from "../../model";
import type { ReadRevisionOptions } from "../options";
import { revisionOfProject } from "../project/project";
import { cached, cacheKey } from "./cache";
import { checkRepository, commitOf } from "./git";
import { synthesizeAt } from "./worktree";

/**
 * The project at a git revision, synthesized in a worktree of its own; the second time from the cache.
 * @throws UsageError for a revision that is not known, OperationalError for one that does not synthesize
 */
export async function gitRevision(
  revision: string,
  options: ReadRevisionOptions & { readonly project: string },
): Promise<AccessRevision> {
  const { project, environment = "dev" } = options;
  await checkRepository(project);
  const commit = await commitOf(project, revision);
  const engine = options.engine ?? options.environmentEngine;
  const key = await cacheKey(project, commit, [environment, engine ?? ""]);
  const label = labelOf(revision, commit);
  const request = { project, environment, engine, signal: options.signal };
  const synthesized = await cached(key, () => synthesizeAt(commit, label, request));
  return revisionOfProject(synthesized, label, options);
}

/** `4f1c2aa`, or `main (4f1c2aa)` where it has another name. */
function labelOf(revision: string, commit: string): string {
  const short = commit.slice(0, 7);
  return commit.startsWith(revision) ? short : `${revision} (${short})`;
}
