import type { Decision } from "../../policies/semantics/decide";
import type { SideOfChange } from "../finding";
import type { AccessRevision } from "../model";
import type { RulePlaces } from "../rule-places";
import { sideOfChange } from "../side-of-change";
import type { AuditEntry } from "./audit-entry";
import { decideRecorded, type RecordedDecision } from "./decide-recorded";
import type { HolderSide } from "./holder-side";

/** What a revision says to a recorded request; without a decision where nobody is there to be decided of. */
export type Decided = Omit<RecordedDecision, "decision"> & { readonly decision: Decision | undefined };

/** @param side what the revision knows of whoever sent it */
export function decidedBy(
  side: HolderSide | undefined,
  entry: AuditEntry,
  revision: AccessRevision,
): Decided {
  if (side?.kind === "known") return decideRecorded(side.list, entry, revision.mounts);
  const undecided = { decision: undefined, byValue: false };
  if (side?.kind === "gone")
    return { verdict: "denied", why: `${revision.label} has no such principal`, ...undecided };
  return { verdict: "unknown", why: side?.why ?? "", ...undecided };
}

/** Two rules that turn on the same values decide alike, whatever the values are. */
export function sameRule(was: Decided, is: Decided): boolean {
  if (!was.byValue || !is.byValue) return false;
  const essence = ({ decision }: Decided): string => {
    const { pattern, bits, conditions } = decision?.rule ?? {};
    const { allowed, denied, required, ...rest } = conditions ?? {};
    return JSON.stringify([pattern, bits, [...(allowed ?? [])], [...(denied ?? [])], required, rest]);
  };
  return essence(was) === essence(is);
}

/** The same as a side of a change. */
export function sideOf({ verdict, decision }: Decided, places: RulePlaces): SideOfChange {
  const level = verdict === "allowed" ? "full" : verdict === "denied" ? "none" : "unknown";
  return sideOfChange(level, decision?.rule, places);
}
