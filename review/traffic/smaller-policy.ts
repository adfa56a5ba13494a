import { type Capability, capabilityBit, fromBits, toBits } from "../../policies/capability";
import { compareAccess } from "../../policies/compare/compare";
import type { DifferenceKind } from "../../policies/compare/difference-kind";
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

const LESS: ReadonlySet<DifferenceKind> = new Set(["lost", "narrowed"]);
/** Where an engine is not known exactly, fewer capabilities in the same rules are the safest that there is. */
const LESS_OR_UNKNOWN: ReadonlySet<DifferenceKind> = new Set([...LESS, "unknown"]);

/**
 * What could be left of each policy. Nobody gains by any of them alone, nor by all of them: where two shadow the same wider rule, one
 * keeps standing before it.
 */
export function smallerPolicies(
  revision: AccessRevision,
  policies: readonly RevisionPolicy[],
  usage: Usage,
): SmallerPolicy[] {
  let adopted = revision;
  return policies.flatMap((policy) => {
    const found = smallerPolicy(revision, adopted, policy, usage);
    if (!found) return [];
    adopted = replaced(adopted, policy.name, found.document);
    return [found.told];
  });
}

/**
 * @param adopted the revision with the smaller policies before this one
 * @returns `undefined` when everything in the policy was used, or nothing of it can be told
 */
function smallerPolicy(
  revision: AccessRevision,
  adopted: AccessRevision,
  policy: RevisionPolicy,
  usage: Usage,
): { readonly told: SmallerPolicy; readonly document: PolicyDocument } | undefined {
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
  // A rule that grants nothing still stands before wider ones: without it somebody might gain.
  const isSafe = (document: PolicyDocument, allowed: ReadonlySet<DifferenceKind>): boolean =>
    [revision, adopted].every((others) => !givesMore(revision, others, policy.name, document, allowed));
  const [short, whole] = [true, false].map((drop) => withCapabilities(policy, kept, drop)) as [
    PolicyDocument,
    PolicyDocument,
  ];
  const document = isSafe(short, LESS) ? short : isSafe(whole, LESS_OR_UNKNOWN) ? whole : undefined;
  if (!document) return undefined;
  const told = {
    policy: policy.name,
    ...(policy.place ? { place: policy.place } : {}),
    unused,
    smaller: printPolicy(document),
  };
  return { told, document };
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

/** Whether one of those who hold the policy could do more with the other text, beside the policies of `others`. */
function givesMore(
  revision: AccessRevision,
  others: AccessRevision,
  policy: string,
  document: PolicyDocument,
  allowed: ReadonlySet<DifferenceKind>,
): boolean {
  const name = policyName(policy);
  const [before, after] = [compileRevision(revision), compileRevision(replaced(others, policy, document))];
  const seen = new Set<string>();
  return holdersOf(revision).some((holder) => {
    const names = [...new Set(holder.holds.map((held) => policyName(held.policy)))].sort();
    const key = `${names.join()}\n${JSON.stringify(holder.entity)}`;
    if (!names.includes(name) || names.includes("root") || seen.has(key)) return false;
    seen.add(key);
    const { differences } = compareAccess(before.accessOf(askedAs(holder)), after.accessOf(askedAs(holder)));
    return differences.some(({ kind }) => !allowed.has(kind));
  });
}

function replaced(revision: AccessRevision, name: string, document: PolicyDocument): AccessRevision {
  const policies = revision.policies.map((each) => (each.name === name ? { ...each, document } : each));
  return { ...revision, policies };
}
