import { fromBits, isListing } from "../capability";
import type { ListMode } from "../dialect";
import type { AccessList } from "./access-list";
import { changesFor } from "./changes";
import { type Decision, decide, requestPath } from "./decide";
import type { MergedRule } from "./merged-rule";
import { compareStrength, strengthReason, writtenPattern } from "./rank";
import type { AccessRequest, DecisionReason } from "./request";
import type { Mount } from "./sudo-paths";

/** One rule that matched the request's path, and what became of it. */
export interface ExplainedRule {
  /** As it would be written in a policy. */
  readonly pattern: string;
  readonly capabilities: readonly string[];
  /** The policies that it comes from, with the index of the rule in each; those that deny first. */
  readonly sources: readonly { readonly policy: string; readonly index: number }[];
  readonly decides: boolean;
  /** Why it decides, or why it lost. */
  readonly because: string;
}

/** A decision with its reasons. */
export interface Explanation {
  readonly decision: Decision;
  /** One sentence. */
  readonly summary: string;
  /** Every rule that matches: the deciding one, the others from the strongest to the weakest, and those that have expired. */
  readonly rules: readonly ExplainedRule[];
  /** What would change the answer, most specific first. */
  readonly changes: readonly string[];
}

/** Decides a request and tells why: the rule that won, each one that lost and why, and what would change the answer. */
export function explain(list: AccessList, request: AccessRequest, mounts?: readonly Mount[]): Explanation {
  const decision = decide(list, request, mounts);
  const path = requestPath(request);
  return {
    decision,
    summary: summaryOf(decision, request, path),
    rules: WITHOUT_RULES.has(decision.reason) ? [] : rulesFor(list, request, decision.rule, path),
    changes: changesFor(list, request, decision, mounts),
  };
}

/** What no rule has a part in. */
const WITHOUT_RULES: ReadonlySet<DecisionReason> = new Set(["root", "help", "failure"]);

function rulesFor(
  list: AccessList,
  { operation }: AccessRequest,
  winner: MergedRule | undefined,
  path: string,
): ExplainedRule[] {
  const { listMode, scanMode } = list.dialect;
  const mode = operation === "list" ? listMode : operation === "scan" ? scanMode : undefined;
  const paths = isListing(operation) ? [path, path.replace(/\/$/, "")] : [path];
  const matching = new Set([...(winner ? [winner] : []), ...paths.flatMap((each) => list.matches(each))]);
  return [
    ...[...matching].map((rule) => ({
      ...told(rule),
      decides: rule === winner,
      because: rule === winner ? winsBecause(rule) : losesBecause(rule, winner, mode),
    })),
    ...list.expiredOn(paths).map((rule) => ({ ...told(rule), decides: false, because: EXPIRED })),
  ];
}

const EXPIRED = "it has expired, so the engine leaves it out";

function told(rule: MergedRule): Omit<ExplainedRule, "decides" | "because"> {
  return {
    pattern: writtenPattern(rule.pattern),
    capabilities: fromBits(rule.bits),
    sources: denyingFirst(rule).map(({ policy, index }) => ({ policy, index })),
  };
}

/** Of sources of which one denies, whoever looks for the reason wants that one. */
function denyingFirst({ sources }: MergedRule): MergedRule["sources"] {
  const denies = ({ rule }: MergedRule["sources"][number]): boolean => rule.capabilities.includes("deny");
  return [...sources.filter(denies), ...sources.filter((each) => !denies(each))];
}

function winsBecause(rule: MergedRule): string {
  return rule.pattern.kind === "exact"
    ? "it names the path exactly"
    : "it is the most specific pattern that matches";
}

function losesBecause(rule: MergedRule, winner: MergedRule | undefined, mode: ListMode | undefined): string {
  if (!winner) return "this engine tries patterns on the path with its slash, and it matches only without";
  const won = `path "${writtenPattern(winner.pattern)}"`;
  if (winner.pattern.kind === "exact") {
    return rule.pattern.kind === "exact"
      ? `${won} comes first for a list: the path is tried with its slash before it is tried without`
      : `${won} names the path exactly, and exact rules come before patterns`;
  }
  if (compareStrength(winner.pattern, rule.pattern) > 0)
    return `${won} outranks it: ${strengthReason(winner.pattern, rule.pattern)}`;
  // The weaker pattern wins only where a list tries the path twice.
  return `${won} is found first: ${FOUND_FIRST[mode ?? "L0"]}`;
}

const FOUND_FIRST: { readonly [mode in ListMode]: string } = {
  L0: "a list looks for the path with its slash only",
  L1: "a list looks for the path without its slash before it looks with it",
  L2: "a list prefers rules that grant or deny listing, and of the prefixes takes the longest",
  L3: "a list looks for the path with its slash before it looks without it",
};

const SENTENCES: { readonly [reason in DecisionReason]: string } = {
  root: "root may do everything",
  help: "help is open to everyone",
  granted: "the rule grants it",
  "no-rule": "no rule matches the path",
  deny: "the rule denies everything",
  "no-capability": "the rule that decides does not grant the capability",
  sudo: "the path needs sudo, and the rule that decides does not grant it",
  wrapping: "the wrapping time that was asked for is not within the rule's limits",
  "required-parameter": "a parameter that the rule requires is missing",
  "denied-parameter": "a parameter or its value is denied by the rule",
  "allowed-parameters": "a parameter or its value is not among those that the rule allows",
  pagination: "the page that was asked for is not within the rule's limit",
  failure:
    "a template puts a forbidden character into a path, and the engine refuses every request of this caller",
  template: "it depends on a template whose value is not known",
  inexact: "the engine's own semantics cannot be told from its version",
};

function summaryOf(decision: Decision, request: AccessRequest, path: string): string {
  const by = decision.rule ? `, by path "${writtenPattern(decision.rule.pattern)}"` : "";
  return `${request.operation} ${path} is ${decision.verdict}${by}: ${whyOf(decision)}`;
}

/** Why a decision fell so, in words: for what is not known, what would have to be known. */
export function whyOf(decision: Decision): string {
  return decision.unknown ?? SENTENCES[decision.reason];
}
