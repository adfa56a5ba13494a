import { type Granted, whoCan } from "../../policies/queries/who-can";
import { compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { doubtsAbout } from "./doubts";
import { holdersOf } from "./holders";
import type { Question } from "./question";

/** One principal's answer. Who is granted nothing of it has none. */
export interface WhoCanAnswer extends Granted {
  readonly principal: RevisionPrincipal;
}

/** Everybody who may do what is asked, or a part of it, and everybody of whom nobody can tell. */
export function whoCanAnswers(revision: AccessRevision, question: Question, now?: number): WhoCanAnswer[] {
  const holders = holdersOf(revision);
  const model = compileRevision({ ...revision, principals: holders }, now);
  const granted = new Map(
    whoCan(model, question.parts, question.others).map((each) => [each.principal.name, each]),
  );
  return holders.flatMap((principal): WhoCanAnswer[] => {
    const doubt = doubtsAbout(revision, principal)[0];
    if (doubt !== undefined) return [{ principal, level: "unknown", rules: [], missing: [], unknown: doubt }];
    const answer = granted.get(principal.name);
    return answer ? [{ ...answer, principal }] : [];
  });
}
