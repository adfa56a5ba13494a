import { fromBits, isListing } from "../capability";
import type { AccessList } from "./access-list";
import { type Decision, decide, requestPath } from "./decide";
import type { MergedRule } from "./merged-rule";
import { strengthReason, writtenPattern } from "./rank";
import type { AccessRequest, DecisionReason } from "./request";
import type { Mount } from "./sudo-paths";

/** One rule that matched the request's path, and what became of it. */
export interface ExplainedRule {
  /** As it would be written in a policy. */
  readonly pattern: string;
  readonly capabilities: readonly string[];
  /** The policies that it comes from, with the index of the rule in each. */
  readonly sources: readonly { readonly policy: string; readonly index: number }[];
  readonly decides: boolean;
  /** Why it decides, or why it lost. */
  readonly because: string;
}

export interface Explanation {
  readonly decision: Decision;
  /** One sentence. */
  readonly summary: string;
  /** Every rule that matches, the deciding one first, then the others from the strongest to the weakest. */
  readonly rules: readonly ExplainedRule[];
  /** What would change the answer, most specific first. */
  readonly changes: readonly string[];
}

/** Decides a request and tells why: the rule that won, each one that lost and why, and what would change the answer. */
export function explain(list: AccessList, request: AccessRequest, mounts?: readonly Mount[]): Explanation {
  const decision = decide(list, request, mounts);
  const path = requestPath(request);
  const winner = decision.rule;
  const seen = new Set<MergedRule>(winner ? [winner] : []);
  for (const rule of list.matches(path)) seen.add(rule);
  const listing = isListing(request.operation);
  if (listing) for (const rule of list.matches(path.replace(/\/$/, ""))) seen.add(rule);
  return {
    decision,
    summary: summaryOf(decision, request, path),
    rules: [...seen].map((rule) => explained(rule, winner, listing)),
    changes: changesFor(decision, path),
  };
}

function explained(rule: MergedRule, winner: MergedRule | undefined, listing: boolean): ExplainedRule {
  return {
    pattern: writtenPattern(rule.pattern),
    capabilities: fromBits(rule.bits),
    sources: rule.sources.map(({ policy, index }) => ({ policy, index })),
    decides: rule === winner,
    because: rule === winner || !winner ? winsBecause(rule) : losesBecause(rule, winner, listing),
  };
}

function winsBecause(rule: MergedRule): string {
  return rule.pattern.kind === "exact"
    ? "it names the path exactly"
    : "it is the most specific pattern that matches";
}

function losesBecause(rule: MergedRule, winner: MergedRule, listing: boolean): string {
  const won = `path "${writtenPattern(winner.pattern)}"`;
  if (winner.pattern.kind === "exact") {
    return rule.pattern.kind === "exact"
      ? `${won} comes first for a list: the path is tried with its slash before it is tried without`
      : `${won} names the path exactly, and exact rules come before patterns`;
  }
  if (rule.pattern.kind === "exact") return `${won} was found first`;
  const reason = strengthReason(winner.pattern, rule.pattern);
  return listing ? `${won} is tried first or outranks it: ${reason}` : `${won} outranks it: ${reason}`;
}

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

function changesFor(decision: Decision, path: string): string[] {
  const { rule, reason, capability, verdict } = decision;
  if (verdict === "unknown") {
    return reason === "inexact"
      ? ["Ask a server of this version at sys/capabilities: nothing else can tell."]
      : ["Say which entity asks: its values fill the templates."];
  }
  const pattern = rule && writtenPattern(rule.pattern);
  const where = rule?.sources.map(({ policy }) => policy).join(", ");
  if (verdict === "allowed") {
    if (!rule) return [];
    const changes = [`Take "${capability}" from path "${pattern}" (in ${where}).`];
    if (rule.pattern.kind !== "exact")
      changes.push(`Add path "${path}" with other capabilities: an exact rule wins.`);
    return [...changes, `Add path "${pattern}" with "deny" in any policy: deny sticks.`];
  }
  switch (reason) {
    case "failure":
      return ["Change the value behind the template: it may not have *, + or / in it."];
    case "no-rule":
      return [`Add path "${path}" with "${capability}".`];
    case "no-capability": {
      const changes = [`Add "${capability}" to path "${pattern}", in any policy.`];
      if (rule?.pattern.kind !== "exact")
        changes.push(`Add path "${path}" with "${capability}": an exact rule wins.`);
      return changes;
    }
    case "deny": {
      const changes = [`Take "deny" from path "${pattern}" (in ${where}); no other policy can lift it.`];
      if (rule?.pattern.kind !== "exact")
        changes.push(`Add path "${path}" with "${capability}": an exact rule wins.`);
      return changes;
    }
    case "sudo":
      return [`Add "sudo" to path "${pattern}"; it must stand in the same rule.`];
    default:
      return [`Change the request, or the conditions of path "${pattern}" (in ${where}).`];
  }
}
