import { OperationalError } from "../../base/errors";
import type { AccessRevision } from "../model";
import type { ReadRevisionOptions } from "./options";

/**
 * Everything that decides access at one moment, from whichever source `spec` names (docs/review.md):
 *
 * | spec | source |
 * |---|---|
 * | absent or `.` | the working tree of this project, synthesized |
 * | `git:REV`, or a bare REV that git knows | this project at that revision, synthesized without a network |
 * | a folder with `cdk.tf.json` or `stacks/` | Terraform JSON; a `catalog.json` beside it names secrets and owners |
 * | a folder of policies | `.hcl` and `.json` policies, with `roles.yaml` or `roles.json` |
 * | a JSON file | a plan or a state as `terraform show -json` prints it, or a `cdk.tf.json` |
 * | `live`, or an http(s) address | a server; only GET and LIST are sent |
 * | `none` | nothing at all: against it everything is new |
 *
 * A file or folder of that name goes before a revision; `./name` always is a file, `git:name` always a revision.
 * @throws UsageError for a spec that names nothing, OperationalError for a source that cannot be read
 */
export async function readRevision(
  spec: string | undefined,
  _options: ReadRevisionOptions = {},
): Promise<AccessRevision> {
  throw new OperationalError(`${spec ?? "."} cannot be read yet.`, "Choose another source.");
}
