import { type Capability, capabilityBit, fromBits, toBits } from "../../policies/capability";
import { compareAccess } from "../../policies/compare/compare";
import { PolicyDocument } from "../../policies/document";
import { policyName } from "../../policies/policy-name";
import { printPolicy } from "../../policies/print";
import type { PolicyRule } from "../../policies/rule";
import { isTemplated } from "../../policies/semantics/templates";
import { holdersOf } from "../ask/holders";
import { askedAs, compileRevision } from "../compiled-revision";
import type { AccessRevision, Place, RevisionPolicy } from "../model";
import { placeOfRule } from "../rule-places";
import type { Usage } from "./usage";

/** A policy of which something was not used, and what would be left of it. */
export interface SmallerPolicy {
  readonly policy: string;
  readonly place?: Place;
  readonly unused: readonly UnusedRule[];
  /** As HCL. Nobody may do more by it, and every request that was recorded may still be made. */
  readonly smaller: string;
}

/** A rule of which some capabilities, or all, were not used. */
export interface UnusedRule {
  /** As written. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Whether nothing of the rule was used. */
  readonly whole: boolean;
  readonly place?: Place;
}

/** Which of the two a write is depends on whether something is there: one that was used keeps the other. */
const WRITE = toBits(["create", "update"]);
const DENY = capabilityBit("deny");

/** @returns `undefined` when everything in the policy was used, or nothing of it can be told */
export function smallerPolicy(
  revision: AccessRevision,
  policy: RevisionPolicy,
  usage: Usage,
): SmallerPolicy | undefined {
  const unused: UnusedRule[] = [];
  const kept = policy.document.rules.map((rule, index) => {
    const granted = toBits(rule.capabilities);
    // Denials are there not to be used, and rules of templates cannot be followed.
    if ((granted & DENY) !== 0 || granted === 0 || isTemplated(rule.path)) return granted;
    const used = usage.ofRule(policy.name, index);
    const left = granted & ((used & WRITE) !== 0 ? used | WRITE : used);
    if (left !== granted) {
      const place = placeOfRule(policy, index);
      const capabilities = fromBits(granted & ~left);
      unused.push({ path: rule.path, capabilities, whole: left === 0, ...(place ? { place } : {}) });
    }
    return left;
  });
  if (unused.length === 0) return undefined;
  const short = withCapabilities(policy, kept, true);
  // A rule that grants nothing still stands before wider ones: without it somebody might gain.
  const document = givesMore(revision, policy, short) ? withCapabilities(policy, kept, false) : short;
  return {
    policy: policy.name,
    ...(policy.place ? { place: policy.place } : {}),
    unused,
    smaller: printPolicy(document),
  };
}

function withCapabilities(policy: RevisionPolicy, kept: readonly number[], drop: boolean): PolicyDocument {
  const rules = policy.document.rules.flatMap((rule, index): PolicyRule[] => {
    const left = kept[index] ?? 0;
    const empty = left === 0 && rule.capabilities.length > 0;
    if (empty && drop) return [];
    const comment = "Not used, and kept: it stands before wider rules.";
    return [{ ...rule, capabilities: fromBits(left), ...(empty ? { comment } : {}) }];
  });
  return new PolicyDocument(rules);
}

/** Whether one of those who hold the policy could do more with the other text. */
function givesMore(revision: AccessRevision, policy: RevisionPolicy, document: PolicyDocument): boolean {
  const name = policyName(policy.name);
  const other = { ...policy, document };
  const policies = revision.policies.map((each) => (each === policy ? other : each));
  const [before, after] = [compileRevision(revision), compileRevision({ ...revision, policies })];
  const seen = new Set<string>();
  return holdersOf(revision).some((holder) => {
    const names = [...new Set(holder.holds.map((held) => policyName(held.policy)))].sort();
    const key = `${names.join()}\n${JSON.stringify(holder.entity)}`;
    if (!names.includes(name) || names.includes("root") || seen.has(key)) return false;
    seen.add(key);
    const { differences } = compareAccess(before.accessOf(askedAs(holder)), after.accessOf(askedAs(holder)));
    return differences.some(({ kind }) => kind !== "lost" && kind !== "narrowed");
  });
}
