import type { Suppression } from "../../policies/rules/lint";
import type { Approvals } from "../approvals/approvals";

/** What a comparison is told besides the two revisions. */
export interface ReviewOptions {
  /** Milliseconds since 1970: for waivers, approvals and rules that expire. @default none of them expires */
  readonly now?: number;
  /** The approvals that stand beside the head, and those that the base had. @default none */
  readonly approvals?: { readonly base: Approvals; readonly head: Approvals };
  /** Whether approvals count that the same change adds (docs/review.md). @default false: they are shown only */
  readonly acceptNewApprovals?: boolean;
  /** Lints that are as they are meant to be; a new one of these is noted, with the reason. @default none */
  readonly suppressions?: readonly Suppression[];
  /** @default "review" */
  readonly command?: "review" | "drift";
  /** The most classes of paths to try for one set of policies. @default 200,000 */
  readonly budget?: number;
}
