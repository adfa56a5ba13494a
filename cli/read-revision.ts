import type { AccessRevision } from "../review/model";
import { readRevision } from "../review/sources/read-revision";

/** What a command may say of a source beside its spec. */
export interface RevisionChoices {
  /** Another engine than the source's: `vault@1.21.1`. */
  readonly engine?: string;
  readonly signal?: AbortSignal;
}

/**
 * A revision of this project's environment, or of whatever else `spec` names (review/sources/read-revision.ts).
 * @param spec @default the working tree
 */
export async function revisionFrom(spec?: string, choices: RevisionChoices = {}): Promise<AccessRevision> {
  return readRevision(spec, choices);
}
