import { UsageError } from "../../base/errors";
import { DEFAULT_ENGINE } from "../../policies/dialect";
import type { AccessRevision } from "../model";
import { gitRevision } from "./git/git-revision";
import { treeLabel } from "./git/tree-label";
import { assemble } from "./inventory/assemble";
import { emptyInventory } from "./inventory/inventory";
import { readServer } from "./live/read-server";
import type { ReadRevisionOptions } from "./options";
import { revisionOfProject } from "./project/project";
import { readFile } from "./read-file";
import { readFolder } from "./read-folder";
import { specOf } from "./spec";

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
  options: ReadRevisionOptions = {},
): Promise<AccessRevision> {
  const { project = process.cwd(), engine, defaultEngine = DEFAULT_ENGINE, synthesize, server } = options;
  const found = specOf(spec, options.pathsFrom ?? project);
  switch (found.kind) {
    case "working-tree":
      if (!synthesize) throw cannot("The working tree", "a source that can be read without synthesis");
      return revisionOfProject(await synthesize(), await treeLabel(project), options);
    case "nothing":
      return assemble(emptyInventory(), "nothing", engine ?? defaultEngine);
    case "git":
      return gitRevision(found.revision, { ...options, project });
    case "file":
      return readFile(found.path, found.label, options);
    case "folder":
      return readFolder(found.path, found.label, options);
    case "server":
      if (!server) throw cannot("A live server", "a source that is no server");
      return readServer(await server(found.address), options);
  }
}

function cannot(what: string, instead: string): UsageError {
  return new UsageError(`${what} cannot be read here.`, `Give ${instead}.`);
}
