import { isListing } from "../../policies/capability";
import { type Explanation, explain } from "../../policies/semantics/explain";
import type { AccessRequest, Verdict } from "../../policies/semantics/request";
import { askedAs, compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { absenceNotes, doubtsAbout } from "./doubts";
import { missingArea } from "./secret-named";

/** One request of one principal, answered. */
export interface Explained {
  readonly revision: AccessRevision;
  readonly principal: RevisionPrincipal;
  readonly request: AccessRequest;
  /** What a source could not read may be what decides: with doubts it is `unknown`. */
  readonly verdict: Verdict;
  readonly explanation: Explanation;
  readonly doubts: readonly string[];
  /** What the person may have overlooked. */
  readonly notes: readonly string[];
}

/** Asks one request of one principal. @param now milliseconds since 1970, for rules that expire */
export function explained(
  revision: AccessRevision,
  principal: RevisionPrincipal,
  request: AccessRequest,
  now?: number,
): Explained {
  const model = compileRevision({ ...revision, principals: [principal] }, now);
  const explanation = explain(model.accessOf(askedAs(principal)), request, revision.mounts);
  const doubts = doubtsAbout(revision, principal);
  const verdict = doubts.length > 0 ? "unknown" : explanation.decision.verdict;
  const notes = [...overlooked(revision, request), ...absenceNotes(revision, [principal])];
  return { revision, principal, request, verdict, explanation, doubts, notes };
}

function overlooked(revision: AccessRevision, request: AccessRequest): string[] {
  const notes: string[] = [];
  const mount = missingArea(revision, request.path);
  if (mount !== undefined) {
    const rest = request.path.slice(mount.length);
    const area = isListing(request.operation) ? "metadata" : "data";
    notes.push(`${mount} is KV version 2: the API has this secret at ${mount}${area}/${rest}`);
  }
  if (/(^|\/)\+(\/|$)|\*$/.test(request.path))
    notes.push(
      "in a request + and * stand for themselves: name one path, or ask about many with policy who-can",
    );
  return notes;
}
