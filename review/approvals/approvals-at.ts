import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../base/errors";
import { askGit, commitOf } from "../sources/git/git";
import { specOf } from "../sources/spec";
import { type Approvals, NO_APPROVALS } from "./approvals";
import { readApprovals } from "./read-approvals";

/**
 * The approvals of a git revision.
 * @returns undefined for a source that is no revision of git: it has none of its own
 * @throws UsageError when the file is wrong, or git does not know the revision
 */
export async function approvalsOfRevision(
  project: string,
  spec: string | undefined,
  pathsFrom = project,
): Promise<Approvals | undefined> {
  const found = specOf(spec, pathsFrom);
  if (found.kind !== "git") return undefined;
  const commit = await commitOf(project, found.revision);
  const text = await askGit(project, ["show", `${commit}:./${NO_APPROVALS.file}`]);
  return text === undefined ? NO_APPROVALS : readApprovals(text, NO_APPROVALS.file);
}

/**
 * The approvals of the working tree. A link is not followed: the file must be what git would keep of it.
 * @throws UsageError when the file is wrong, or is no plain file
 */
export function approvalsOfTree(project: string): Approvals {
  const path = join(project, NO_APPROVALS.file);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return NO_APPROVALS;
  if (!found.isFile()) {
    throw new UsageError(
      `${NO_APPROVALS.file} is no plain file.`,
      "Write the approvals into that file itself: links and pipes are not followed.",
    );
  }
  return readApprovals(readFileSync(path), NO_APPROVALS.file);
}
