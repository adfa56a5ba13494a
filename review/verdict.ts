import type { Finding, FindingKind, Review } from "./finding";

/** What makes a review fail: `gained` means access, logins and whatever keeps them safe; `any` means every change. */
export const THRESHOLDS = ["gained", "any", "guardrail", "unknown", "never"] as const;

export type Threshold = (typeof THRESHOLDS)[number];

const GUARDRAIL: readonly FindingKind[] = ["guardrail-broken", "guardrail-removed"];
const GAINED: readonly FindingKind[] = [
  ...GUARDRAIL,
  "gained",
  "widened",
  "changed",
  "constraint-widened",
  "constraint-changed",
  "escalation-gained",
  "mount-changed",
  "audit-device-removed",
  "audit-device-changed",
];

/**
 * What a review comes to: 0 nothing above the threshold, 1 something, 3 nothing, but something could not be decided. Notes
 * and what an approval covers never count.
 */
export function verdictOf({ findings }: Review, threshold: Threshold): 0 | 1 | 3 {
  if (threshold === "never") return 0;
  const open = findings.filter((finding) => finding.severity !== "note" && !isApproved(finding));
  if (open.some((finding) => counts(finding, threshold))) return 1;
  return open.some(({ kind }) => kind === "unknown") ? 3 : 0;
}

/** Whether somebody has approved it so that it no longer fails a review. */
export function isApproved({ approval }: Finding): boolean {
  return approval?.counts === true;
}

function counts({ kind, severity }: Finding, threshold: Threshold): boolean {
  if (kind === "unknown" || threshold === "unknown") return false;
  if (threshold === "any") return true;
  if (threshold === "guardrail") return GUARDRAIL.includes(kind);
  return GAINED.includes(kind) || (kind === "lint" && severity === "error");
}
