import { counted } from "../../base/words";
import { policyName } from "../../policies/policy-name";
import { isTemplated } from "../../policies/semantics/templates";
import type { AccessRevision, RevisionPrincipal } from "../model";
import type { LogSummary } from "./read-log";
import { type SmallerPolicy, smallerPolicies } from "./smaller-policy";
import { type UnusedGrant, unusedGrants } from "./unused-grants";
import { type Usage, usageIn } from "./usage";

/** What no recorded request used. That something was not used in a period is no proof that it is not needed. */
export interface TrafficUnused {
  readonly source: string;
  readonly log: LogSummary;
  /** Requests that policies decide. */
  readonly requests: number;
  /** Principals that made requests, with the declared grants of which they used none or a part. */
  readonly principals: readonly {
    readonly principal: RevisionPrincipal;
    readonly requests: number;
    readonly grants: readonly UnusedGrant[];
  }[];
  /** Principals that made no request at all. */
  readonly silent: readonly RevisionPrincipal[];
  /** Policies that are not made of grants, of which nobody used some rules. */
  readonly policies: readonly SmallerPolicy[];
  readonly notes: readonly string[];
}

/** @param options.now milliseconds since 1970, for rules that expire. @default none of them expires */
export async function unusedAccess(
  revision: AccessRevision,
  files: readonly string[],
  options: { readonly now?: number } = {},
): Promise<TrafficUnused> {
  const { usage, log } = await usageIn(revision, files, options.now);
  const logins = revision.principals.filter(({ kind }) => kind !== "group" && kind !== "entity");
  const derived = new Map(revision.policies.map(({ name, grants }) => [policyName(name), grants ?? []]));
  const active = logins.filter(({ name }) => usage.requestsOf(name) > 0);
  return {
    source: revision.label,
    log,
    requests: usage.requests,
    principals: active.flatMap((principal) => {
      const grants = principal.holds.flatMap((held) => {
        return unusedGrants(principal, derived.get(policyName(held.policy)) ?? [], usage);
      });
      return grants.length > 0 ? [{ principal, requests: usage.requestsOf(principal.name), grants }] : [];
    }),
    silent: logins.filter(({ name }) => usage.requestsOf(name) === 0),
    policies: smallerPolicies(
      revision,
      // Everybody holds `default`, and it is no team's to make smaller.
      revision.policies.filter(
        ({ name, grants, unreadable }) => !grants && !unreadable && policyName(name) !== "default",
      ),
      usage,
    ),
    notes: [...log.notes, ...notesOf(revision, usage)],
  };
}

function notesOf(revision: AccessRevision, usage: Usage): string[] {
  const templated = revision.policies
    .filter(({ name }) => policyName(name) !== "default")
    .flatMap(({ document }) => document.rules.filter(({ path }) => isTemplated(path))).length;
  return [
    ...[...usage.unfollowed].map(
      ([why, count]) => `${counted(count, "request")} could not be followed to a rule: ${why}`,
    ),
    ...(templated > 0
      ? [
          `${templated} ${templated === 1 ? "rule with a template is" : "rules with templates are"} left out: what templates were filled with is not known`,
        ]
      : []),
  ];
}
