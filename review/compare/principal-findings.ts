import { listed } from "../../base/words";
import { type AppliedApproval, shownApproval, weightiest } from "../approvals/apply-approvals";
import type { FindingParts } from "../finding-id";
import type { RevisionPrincipal } from "../model";
import { type ConstraintChange, constraintChanges } from "./constraints";
import type { PrincipalPair } from "./principal-pair";

/**
 * Who came, who went, and who may log in otherwise than before. What they may do is told by itself.
 * @param used is given the indices of the approvals that are put on findings
 */
export function principalFindings(
  pair: PrincipalPair,
  approvals: readonly AppliedApproval[],
  used: Set<number>,
): FindingParts[] {
  const { base, head } = pair;
  if (!base || !head) return head ? [added(head)] : base ? [removed(base)] : [];
  return [...credentials(base, head), ...constraintChanges(base.constraints, head.constraints)].map(
    ({ name, kind, sentence, to }) => {
      const approving = approvals.filter(
        ({ approval: { principal, gain }, expired }) =>
          !expired &&
          principal === pair.name &&
          gain.kind === "constraint" &&
          gain.name === name &&
          (gain.to ?? to) === to,
      );
      const approval = kind === "constraint-narrowed" ? undefined : weightiest(approving);
      if (approval) used.add(approval.index);
      return {
        ...about(head),
        kind,
        severity: "warning" as const,
        sentence,
        rule: name,
        ...(approval ? { approval: shownApproval(approval) } : {}),
      };
    },
  );
}

/** What hands out a credential lets whoever sees it log in; told where both sides tell. */
function credentials(base: RevisionPrincipal, head: RevisionPrincipal): ConstraintChange[] {
  const [was, is] = [base.credentials, head.credentials];
  if (!was || !is || was.join() === is.join()) return [];
  const [to, from] = [is, was].map((labels) => listed(labels) || "nothing");
  const kind = is.every((label) => was.includes(label)) ? "constraint-narrowed" : "constraint-changed";
  return [
    { name: "credentials", kind, sentence: `has other credentials: ${to}, before ${from}`, to: to ?? "" },
  ];
}

function added(principal: RevisionPrincipal): FindingParts {
  return {
    ...about(principal),
    kind: "principal-added",
    severity: "note",
    sentence: `is new${holding(principal)}`,
  };
}

function removed(principal: RevisionPrincipal): FindingParts {
  return {
    ...about(principal),
    kind: "principal-removed",
    severity: "note",
    sentence: `is gone${holding(principal)}`,
  };
}

function holding({ holds }: RevisionPrincipal): string {
  const names = [...new Set(holds.map(({ policy }) => policy))];
  return names.length === 0
    ? ", without any policy"
    : `, with the ${names.length === 1 ? "policy" : "policies"} ${listed(names)}`;
}

function about(
  principal: RevisionPrincipal,
): Pick<FindingParts, "principals" | "titles" | "owners" | "place"> {
  return {
    principals: [principal.name],
    titles: [principal.title],
    owners: principal.owner ? [principal.owner] : [],
    ...(principal.place ? { place: principal.place } : {}),
  };
}
