import { gather } from "../compare/gather";
import { reviewRevisions } from "../compare/review-revisions";
import type { Finding, FindingKind, Review } from "../finding";
import type { AccessRevision } from "../model";
import { assumeDefault } from "../sources/default-policy";
import { comparable } from "./comparable";
import { heldFindings } from "./held-findings";
import { policyFindings } from "./policy-findings";

export interface DriftOptions {
  /** Milliseconds since 1970: for rules that expire. @default none expires */
  readonly now?: number;
  /** Policies that Strongroom itself keeps on its servers: that they are there is no drift. @default none */
  readonly ownPolicies?: readonly string[];
  /** Whether the declaration says which audit devices there are; not so of a server that somebody else keeps. @default true */
  readonly declaresAudit?: boolean;
}

/**
 * In what a server differs from its declaration: what was changed, what is missing, and what exists on the server alone. The
 * declaration is the base and the server the head, so "gained" is what the server allows beyond it; the declared
 * guardrails are held against the server. Pure.
 */
export function reviewDrift(
  declared: AccessRevision,
  live: AccessRevision,
  options: DriftOptions = {},
): Review {
  const { now, ownPolicies = [] } = options;
  const sides = comparable(declared, live, options.declaresAudit ?? true);
  const { base, head, notes } = assumeDefault(sides.declared, sides.live);
  const review = reviewRevisions(base, head, { command: "drift", ...(now === undefined ? {} : { now }) });
  const policies = gather([
    ...heldFindings(base, head, review.findings),
    ...policyFindings(base, live, review.findings, new Set(ownPolicies)),
  ]);
  return {
    ...review,
    findings: [...review.findings.map(counting), ...policies],
    notes: [...sides.notes, ...notes, ...review.notes],
  };
}

/** In a change these are news; on a server they are a difference from what it should be. */
const DIFFERENCES: readonly FindingKind[] = [
  "principal-added",
  "principal-removed",
  "mount-added",
  "mount-removed",
  "audit-device-added",
];

function counting(finding: Finding): Finding {
  return DIFFERENCES.includes(finding.kind) && finding.severity === "note"
    ? { ...finding, severity: "warning" }
    : finding;
}
