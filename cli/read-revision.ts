import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calledFrom } from "../base/called-from";
import { printEngineId } from "../base/engine-id";
import { environmentNamed } from "../environments";
import type { AccessRevision } from "../review/model";
import type { SynthesizedProject } from "../review/sources/options";
import { synthesizedIn } from "../review/sources/read-folder";
import { readRevision } from "../review/sources/read-revision";
import { choicesFrom, deploymentOf } from "../stacks/deployment";
import { synthesize } from "../stacks/synthesize";
import { serverAccess } from "./server-access";

/** What a command may say of a source beside its spec. */
export interface RevisionChoices {
  /** Another engine than the source's: `vault@1.21.1`. */
  readonly engine?: string;
  readonly signal?: AbortSignal;
}

/**
 * A revision of this project's environment, or of whatever else `spec` names (review/sources/read-revision.ts). Paths are
 * meant from where the command was typed.
 * @param spec @default the working tree
 */
export async function revisionFrom(spec?: string, choices: RevisionChoices = {}): Promise<AccessRevision> {
  const environment = environmentNamed();
  const chosen = choicesFrom().engine;
  return readRevision(spec, {
    project: process.cwd(),
    pathsFrom: calledFrom(),
    environment: environment.name,
    ...(chosen === undefined ? {} : { environmentEngine: chosen }),
    defaultEngine: chosen ?? printEngineId(environment.engine),
    synthesize: async () => synthesizeWorkingTree(choices.engine ?? chosen),
    server: serverAccess,
    ...choices,
  });
}

/**
 * As a git revision is synthesized: for a container of ours, whatever this machine runs, so that two revisions differ in their
 * declarations alone.
 */
export function synthesizeWorkingTree(engine?: string): SynthesizedProject {
  const out = mkdtempSync(join(tmpdir(), "strongroom-synthesis-"));
  try {
    const choices = { target: "container", engine };
    synthesize(deploymentOf(environmentNamed(), choices), out, { places: true, refusesBreaches: false });
    return synthesizedIn(out);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
