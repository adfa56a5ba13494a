import { dayOf } from "../day-of";
import type { FindingParts } from "../finding-id";
import type { AppliedApproval } from "./apply-approvals";
import type { ApprovedGain } from "./approvals";

/** Approvals that have run out, and those that cover nothing of this change. */
export function approvalFindings(
  approvals: readonly AppliedApproval[],
  used: ReadonlySet<number>,
): FindingParts[] {
  return approvals.flatMap(({ approval, expired, addedHere, index }): FindingParts[] => {
    const about = `the approval of ${gainInWords(approval.gain)} for ${approval.principal}`;
    const common = { principals: [approval.principal], titles: [], owners: [], place: approval.place };
    if (expired)
      return [
        {
          ...common,
          kind: "approval-expired",
          severity: "warning",
          sentence: `${about} ended on ${dayOf(approval.until)} and covers nothing`,
          fix: "Remove it, or have it approved again.",
        },
      ];
    if (used.has(index)) return [];
    return [
      {
        ...common,
        kind: "approval-unused",
        // One that has done its work stays until somebody clears it away.
        severity: addedHere ? "warning" : "note",
        sentence: addedHere
          ? `${about} covers nothing of this change`
          : `${about} covers nothing that this change brings`,
        fix: addedHere
          ? "Correct its principal, region or intents, or remove it."
          : "Correct its principal, region or intents if it was meant to, else remove it.",
      },
    ];
  });
}

function gainInWords(gain: ApprovedGain): string {
  switch (gain.kind) {
    case "secret":
      return `${gain.intents.join(", ")} on ${gain.secret}`;
    case "path":
      return `${gain.capabilities.join(", ")} on ${gain.path}`;
    case "constraint":
      return `a wider ${gain.name}${gain.to === undefined ? "" : `: ${gain.to}`}`;
    case "escalation":
      return "an escalation";
  }
}
