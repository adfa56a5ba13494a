import { isListing } from "../../policies/capability";
import { goLower } from "../../policies/language/go-values";
import type { AccessList } from "../../policies/semantics/access-list";
import { type Decision, decide } from "../../policies/semantics/decide";
import { whyOf } from "../../policies/semantics/explain";
import type { Conditions } from "../../policies/semantics/merged-rule";
import {
  type DecisionReason,
  OPERATIONS,
  type Operation,
  type Verdict,
} from "../../policies/semantics/request";
import type { Mount } from "../../policies/semantics/sudo-paths";
import type { AuditEntry } from "./audit-entry";

/** What a revision says to a recorded request. */
export interface RecordedDecision {
  readonly verdict: Verdict;
  readonly decision: Decision;
  /** Why, in words. */
  readonly why: string;
  /** Whether only the value of a parameter would tell: the log has no values. */
  readonly byValue: boolean;
}

const DECIDED: ReadonlySet<string> = new Set<Operation>([...OPERATIONS, "header"]);

/** Whether policies have a say on it: engines log operations of their own too, and leave some paths open to everybody. */
export function isDecided({ operation, unguarded }: AuditEntry): boolean {
  return DECIDED.has(operation) && !unguarded;
}

/** Equals no value that a policy could name. */
const UNKNOWN_VALUE = Symbol("a value that the log does not have");

/**
 * Decides a recorded request. `create` or `update` is the engine's own word for it. Where a rule names values of parameters
 * that were sent, and all else would pass, it is `unknown`.
 */
export function decideRecorded(
  list: AccessList,
  entry: AuditEntry,
  mounts: readonly Mount[],
): RecordedDecision {
  const { operation, path, namespace, parameters, wrapTtl } = entry;
  const data = Object.fromEntries(parameters.map((name) => [name, UNKNOWN_VALUE]));
  const decision = decide(
    list,
    {
      operation: operation as Operation,
      path,
      data,
      ...(wrapTtl === undefined ? {} : { wrapTtl }),
      ...(namespace === "" ? {} : { namespace }),
    },
    mounts,
  );
  const conditions = decision.rule?.conditions;
  if (conditions && turnsOnValue(conditions, decision.reason, operation, parameters)) {
    const why = "it depends on the value of a parameter, and the log has none";
    return { verdict: "unknown", decision, why, byValue: true };
  }
  return { verdict: decision.verdict, decision, why: whyOf(decision), byValue: false };
}

function turnsOnValue(
  { allowed, denied, paginationLimit }: Conditions,
  reason: DecisionReason,
  operation: string,
  parameters: readonly string[],
): boolean {
  if (isListing(operation))
    return (
      paginationLimit > 0 && parameters.includes("limit") && (reason === "granted" || reason === "pagination")
    );
  if (operation === "delete" || (reason !== "granted" && reason !== "allowed-parameters")) return false;
  const names = parameters.map(goLower);
  const onlyStar = allowed?.size === 1 && allowed.has("*");
  if (allowed && !onlyStar && names.some((name) => !allowed.has(name) && !allowed.has("*"))) return false;
  return names.some(
    (name) => (denied?.get(name)?.length ?? 0) > 0 || (!onlyStar && (allowed?.get(name)?.length ?? 0) > 0),
  );
}
