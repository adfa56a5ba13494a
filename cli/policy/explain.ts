import type { Verdict } from "../../policies/semantics/request";
import { explained } from "../../review/ask/explained";
import { whoAsks } from "../../review/ask/who-asks";
import { printJson } from "../terminal";
import { entityNamed, type RequestFlags, requestOf } from "./explain-request";
import { explainedJson, explainedText } from "./explain-text";
import { readAsked, type SubjectOptions } from "./subject";

export interface ExplainOptions extends SubjectOptions, RequestFlags {
  readonly as?: string;
  readonly entity?: string;
  readonly json?: boolean;
}

const EXIT: { readonly [verdict in Verdict]: number } = { allowed: 0, denied: 1, unknown: 3 };

/** `strongroom policy explain`: 0 allowed, 1 denied, 3 when nobody can tell. */
export async function explainCommand(
  operation: string,
  path: string,
  options: ExplainOptions,
): Promise<void> {
  const request = await requestOf(operation, path, options);
  const entity = options.entity === undefined ? undefined : await entityNamed(options.entity);
  const { revision, notes: sourceNotes } = await readAsked(options);
  const named = whoAsks(revision, options.as);
  const asking = entity === undefined ? named : { ...named, entity };
  const answer = explained(revision, asking, request, Date.now());
  const notes = [...answer.notes, ...sourceNotes];
  if (options.json) printJson(explainedJson(answer, notes));
  else process.stdout.write(explainedText(answer, notes));
  process.exitCode = EXIT[answer.verdict];
}
