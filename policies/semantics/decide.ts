import { type Capability, capabilityBit, DENY, fromBits, isListing } from "../capability";
import type { Dialect } from "../dialect";
import type { AccessList } from "./access-list";
import type { Conditions, MergedRule } from "./merged-rule";
import { judgeParameters, WITH_PARAMETERS } from "./parameters";
import type { AccessRequest, DecisionReason, Operation, Verdict } from "./request";
import { type Mount, needsSudo } from "./sudo-paths";
import { couldDecide, dependsOn, type UncertainRule } from "./uncertain-rule";

/** The answer to one request. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reason: DecisionReason;
  /** The merged rule that decided, if one matched. */
  readonly rule: MergedRule | undefined;
  /** The capability that the operation asks for. */
  readonly capability: Capability | undefined;
  /** For `unknown`: what would have to be known. */
  readonly unknown?: string;
}

const CAPABILITY: { readonly [operation in Operation]: Capability | undefined } = {
  create: "create",
  read: "read",
  update: "update",
  patch: "patch",
  delete: "delete",
  list: "list",
  scan: "scan",
  recover: "recover",
  // These three are writes for the engine.
  renew: "update",
  revoke: "update",
  rollback: "update",
  help: undefined,
  header: undefined,
};

const SUDO = capabilityBit("sudo");

/**
 * Decides one request as the engine would, behind its own routing: the rule that `list.lookup` finds must grant the
 * capability, its conditions must hold, and on a path that needs it the same rule must grant sudo. `unknown` wherever
 * exactness cannot be claimed.
 */
export function decide(list: AccessList, request: AccessRequest, mounts?: readonly Mount[]): Decision {
  const operation = request.operation;
  const capability = CAPABILITY[operation];
  if (list.isRoot) return { verdict: "allowed", reason: "root", rule: undefined, capability };
  if (list.failure !== undefined)
    return { verdict: "denied", reason: "failure", rule: undefined, capability };
  if (operation === "help") return { verdict: "allowed", reason: "help", rule: undefined, capability };
  const path = requestPath(request);
  const { listMode, scanMode } = list.dialect;
  const rule = list.lookup(
    path,
    operation === "list" ? listMode : operation === "scan" ? scanMode : undefined,
  );
  const reason = judge(list, rule, request, capability, mounts);
  const verdict = reason === "granted" ? "allowed" : "denied";
  if (list.uncertain.length > 0) {
    const unknown = doubt(list, path, rule, request, capability, verdict, mounts);
    if (unknown) return { verdict: "unknown", reason: "template", rule, capability, unknown };
  }
  if (list.dialect.inexact !== undefined) {
    return { verdict: "unknown", reason: "inexact", rule, capability, unknown: list.dialect.inexact };
  }
  return { verdict, reason, rule, capability };
}

/** The path that the rules see: the namespace in front, and for LIST and SCAN the slash that the engine puts behind. */
export function requestPath(request: AccessRequest): string {
  return request.namespace ? request.namespace + routedPath(request) : routedPath(request);
}

/** Whether the engine asks for sudo, on the path as its mount sees it: a list of `accessors` is one of `accessors/`. */
export function asksForSudo(
  request: AccessRequest,
  dialect: Dialect,
  mounts: readonly Mount[] | undefined,
): boolean {
  return request.sudo ?? needsSudo(routedPath(request), dialect, mounts);
}

function routedPath({ path, operation }: AccessRequest): string {
  return isListing(operation) && !path.endsWith("/") ? `${path}/` : path;
}

/** What one rule comes to for a request, as if it had won. */
export function judge(
  list: AccessList,
  rule: MergedRule | undefined,
  request: AccessRequest,
  capability: Capability | undefined,
  mounts: readonly Mount[] | undefined,
): DecisionReason {
  if (rule === undefined) return "no-rule";
  if ((rule.bits & DENY) !== 0) return "deny";
  if (capability === undefined || (rule.bits & capabilityBit(capability)) === 0) return "no-capability";
  if (rule.conditions !== undefined) {
    const refused = judgeConditions(list, rule.conditions, request);
    if (refused !== undefined) return refused;
  }
  if ((rule.bits & SUDO) === 0 && asksForSudo(request, list.dialect, mounts)) return "sudo";
  return "granted";
}

function judgeConditions(
  list: AccessList,
  conditions: Conditions,
  request: AccessRequest,
): DecisionReason | undefined {
  const { minWrappingTtl: minimum, maxWrappingTtl: maximum } = conditions;
  const wrap = request.wrapTtl;
  if (maximum > 0 && (wrap === undefined || wrap > maximum)) return "wrapping";
  if (minimum !== 0 && minimum > 0 && (wrap === undefined || wrap < minimum)) return "wrapping";
  if (minimum !== 0 && maximum !== 0 && maximum < minimum) return "wrapping";
  if (WITH_PARAMETERS.has(request.operation))
    return judgeParameters(conditions, request.data, list.dialect, request.operation === "read");
  if (!isListing(request.operation)) return undefined;
  return conditions.paginationLimit > 0 ? judgePage(list, conditions, request.data) : undefined;
}

/** OpenBao's pages: the engine puts in the limit where the caller gives none, unless the parameter is required. */
function judgePage(
  list: AccessList,
  conditions: Conditions,
  data: AccessRequest["data"],
): DecisionReason | undefined {
  const given = data && Object.hasOwn(data, "limit") ? data.limit : undefined;
  if (given === undefined) {
    return conditions.required.some((name) => name.toLowerCase() === "limit") ? "pagination" : undefined;
  }
  const limit = given === "" ? 0 : /^[+-]?\d+$/.test(String(given)) ? Number(given) : undefined;
  if (limit === undefined) return given === "max" ? undefined : "pagination";
  if (limit > conditions.paginationLimit) return "pagination";
  return limit < 0 && list.dialect.closesZeroLimit ? "pagination" : undefined;
}

/**
 * Whether a rule with an unknown template could change the verdict. Each one that could match may win, merge or be
 * absent; only when every such outcome agrees is the verdict certain.
 */
function doubt(
  list: AccessList,
  path: string,
  rule: MergedRule | undefined,
  request: AccessRequest,
  capability: Capability | undefined,
  verdict: Verdict,
  mounts: readonly Mount[] | undefined,
): string | undefined {
  const listing = isListing(request.operation);
  const possible = list.uncertain.filter((each) => couldDecide(each, path, listing));
  if (possible.length === 0) return undefined;
  const outcomes = possible.map((each) => ({
    each,
    reason: judge(list, each.merged, request, capability, mounts),
  }));
  const different = outcomes.find(({ reason }) => (reason === "granted") !== (verdict === "allowed"));
  if (different) return describe(different.each);
  const narrowed = possible.some((each) => each.merged.conditions) || rule?.conditions;
  if (verdict === "allowed") return narrowed && possible[0] ? describe(possible[0]) : undefined;
  // Two rules that each lack something can have it all when they turn out to have the same pattern.
  const union = possible.reduce((bits, each) => bits | each.merged.bits, rule?.bits ?? 0);
  const wanted = capability ? fromBits(union & ~DENY).includes(capability) : false;
  return wanted && possible[0] ? describe(possible[0]) : undefined;
}

function describe(uncertain: UncertainRule): string {
  return `${dependsOn(uncertain)}, which is not known`;
}
