import { capabilityBit } from "../../policies/capability";
import { policyName } from "../../policies/policy-name";
import type { MergedRule } from "../../policies/semantics/merged-rule";
import { needsSudo } from "../../policies/semantics/sudo-paths";
import type { AccessRevision } from "../model";
import { type AuditEntry, askedPath } from "./audit-entry";
import { BoundedMap } from "./bounded-map";
import { decideRecorded, isDecided } from "./decide-recorded";
import { GrantPaths } from "./grant-paths";
import { type Holder, Holders, requestKey } from "./holders";
import { type LogSummary, readLogs } from "./read-log";

/** What recorded requests made use of: capabilities of rules and, for declared principals, of the paths of their grants. */
export class Usage {
  readonly #rules = new Map<string, number>();
  readonly #requests = new Map<string, number>();
  readonly #grants: ReadonlyMap<string, GrantPaths>;
  /** Requests that policies decide. */
  requests = 0;
  /** Of these, requests whose rule nobody can tell, by the reason. */
  readonly unfollowed = new Map<string, number>();

  constructor({ principals, policies }: AccessRevision) {
    const granted = new Map(policies.map(({ name, grants }) => [policyName(name), grants ?? []]));
    this.#grants = new Map(
      principals.map(({ name, holds }) => [
        name,
        new GrantPaths(holds.flatMap(({ policy }) => granted.get(policyName(policy)) ?? [])),
      ]),
    );
  }

  /** What anybody used of a rule, by its index in the policy. */
  ofRule(policy: string, index: number): number {
    return this.#rules.get(`${policyName(policy)}\n${index}`) ?? 0;
  }

  /** What a principal used of a path as one of its grants names it. */
  onPath(principal: string, path: string): number {
    return this.#grants.get(principal)?.used(path) ?? 0;
  }

  requestsOf(principal: string): number {
    return this.#requests.get(principal) ?? 0;
  }

  count(principal: string | undefined): void {
    this.requests++;
    if (principal !== undefined) this.#requests.set(principal, this.requestsOf(principal) + 1);
  }

  mark(rule: MergedRule, path: string, bits: number, principal: string | undefined): void {
    for (const { policy, index } of rule.sources) {
      const key = `${policy}\n${index}`;
      this.#rules.set(key, (this.#rules.get(key) ?? 0) | bits);
    }
    if (principal !== undefined) this.#grants.get(principal)?.mark(path, bits);
  }
}

/**
 * Follows every recorded request to the rule that allows it. A request that turns on a value counts as use of its rule: what
 * may have been used is not called unused.
 * @param now milliseconds since 1970, for rules that expire
 */
export async function usageIn(
  revision: AccessRevision,
  files: readonly string[],
  now?: number,
): Promise<{ readonly usage: Usage; readonly log: LogSummary }> {
  const usage = new Usage(revision);
  const holders = new Holders([revision], now);
  const done = new BoundedMap<string, string>(200_000);
  const log = await readLogs(files, (entry) => {
    holders.learn(entry);
    if (entry.token === undefined || !isDecided(entry)) return;
    const holder = holders.of(entry.token);
    usage.count(holder.principal?.name);
    const key = requestKey(holder, entry);
    let unfollowed = done.get(key);
    if (unfollowed === undefined) {
      unfollowed = follow(revision, usage, holder, entry);
      done.set(key, unfollowed);
    }
    if (unfollowed !== "") usage.unfollowed.set(unfollowed, (usage.unfollowed.get(unfollowed) ?? 0) + 1);
  });
  return { usage, log };
}

/** @returns why its rule cannot be told; empty when it can */
function follow(revision: AccessRevision, usage: Usage, holder: Holder, entry: AuditEntry): string {
  const [side] = holder.sides;
  const unfollowed = side?.kind === "known" ? undefined : side?.kind === "unknown" ? side.why : "not known";
  // What is known of a token counts as used even where more decides: what may have been used is not called unused.
  const list = side?.kind === "gone" ? undefined : side?.list;
  if (!list) return `${holder.title}: ${unfollowed}`;
  const { verdict, decision, why, byValue } = decideRecorded(list, entry, revision.mounts);
  const { rule, capability } = decision;
  if (rule && capability && verdict !== "denied") {
    const sudo = needsSudo(entry.path, list.dialect, revision.mounts) ? capabilityBit("sudo") : 0;
    usage.mark(rule, askedPath(entry), capabilityBit(capability) | sudo, holder.principal?.name);
  }
  if (unfollowed !== undefined) return `${holder.title}: ${unfollowed}`;
  return verdict === "unknown" && !byValue ? `${holder.title}: ${why}` : "";
}
