import type { Finding, Review } from "../finding";
import type { AccessRevision } from "../model";
import { closingWords } from "../render/summary";
import { withOwnDefault } from "../sources/default-policy";
import { documentOf } from "./document";
import { pack } from "./pack";

/** A review with the two revisions that it compares. */
export interface ReportInput {
  readonly review: Review;
  readonly base: AccessRevision;
  readonly head: AccessRevision;
  /** Milliseconds since 1970, for rules that expire. @default nothing has expired */
  readonly now?: number;
}

/**
 * The review as one HTML page that needs nothing but itself: its findings, and a map of who may do what to which secret,
 * before and after. Works from file:// and asks for nothing over the network.
 */
export function renderReport({ review, base, head, now }: ReportInput): string {
  const { command: kind, findings, notes } = review;
  const sides = { base: withOwnDefault(base).revision, head: withOwnDefault(head).revision };
  const closing = closingWords(review).join(" ");
  return documentOf(
    pack({ kind, findings, notes, closing, ...sides, ...(now === undefined ? {} : { now }) }),
  );
}

/** A map of one revision. */
export interface AccessMapInput {
  readonly revision: AccessRevision;
  /** What stands out in it: guardrails that are broken. @default none */
  readonly findings?: readonly Finding[];
  readonly notes?: readonly string[];
  /** Milliseconds since 1970, for rules that expire. @default nothing has expired */
  readonly now?: number;
}

/** Who may do what to which secret at one moment, as a page of the same kind. */
export function renderAccessMap({ revision, findings = [], notes = [], now }: AccessMapInput): string {
  return documentOf(
    pack({
      kind: "map",
      findings,
      notes,
      head: withOwnDefault(revision).revision,
      ...(now === undefined ? {} : { now }),
    }),
  );
}
