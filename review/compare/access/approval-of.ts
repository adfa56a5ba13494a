import type { ComparedCapability } from "../../../policies/compare/grant";
import { type AppliedApproval, weightiest } from "../../approvals/apply-approvals";
import type { Subject } from "./subject";

/** The approval that covers a capability on a path: one that counts before one that is only shown. */
export function approvalOf(
  path: string,
  capability: ComparedCapability,
  approvals: readonly AppliedApproval[],
): AppliedApproval | undefined {
  return weightiest(approvals.filter((each) => each.covers(path, capability)));
}

/**
 * The subject of an approved change: what has no name of its own is called by the approval's region, where that is the
 * narrower.
 */
export function approvedPart(subject: Subject, { approval: { gain } }: AppliedApproval): Subject {
  const region = gain.kind === "secret" ? gain.secret : gain.kind === "path" ? gain.path : undefined;
  if (subject.named || region === undefined || subject.region.startsWith(region.replace(/[*+].*$/, "")))
    return subject;
  return { ...subject, region };
}
