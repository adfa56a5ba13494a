import { policyName } from "../../policies/policy-name";
import { LINTS } from "../../policies/rules/all";
import type {
  LintedPolicy,
  LintFinding,
  LintOptions,
  Severity,
  Suppression,
} from "../../policies/rules/lint";
import { lint } from "../../policies/rules/run";
import type { AccessRevision, Place, RevisionPolicy } from "../model";
import { placeOfRule, placeOfSpan } from "../rule-places";

/** One thing to be said about a policy. */
export interface PolicyRemark {
  /** Of the lint; for what the engine's parser says, a word in small letters. */
  readonly id: string;
  readonly severity: Severity;
  readonly policy: string;
  /** Of the rule, as written. */
  readonly path?: string;
  readonly place?: Place;
  /** One sentence about this very rule. */
  readonly message: string;
  /** One sentence: why such a thing matters. */
  readonly reason: string;
  readonly fix: string;
  /** Why nobody minds. */
  readonly suppressed?: string;
}

export interface LintRevisionOptions {
  readonly suppressions?: readonly Suppression[];
  /** Milliseconds since 1970: for rules and suppressions that end. */
  readonly now?: number;
  /** Looks at all policies as if one principal held them. @default those that a principal holds together, else one by one */
  readonly together?: boolean;
}

/** What the parser warns of and a lint says better. */
const SAID_BY_LINTS = new Set(["duplicate-key"]);

/**
 * Everything to be said about the policies of a revision: what its engine refuses, and what the lints find in each set of
 * policies that somebody holds. Sorted by place, each thing once.
 */
export function lintRevision(revision: AccessRevision, options: LintRevisionOptions = {}): PolicyRemark[] {
  const remarks = new Map<string, PolicyRemark>();
  for (const policy of revision.policies)
    for (const each of parsed(policy)) remarks.set(JSON.stringify(each), each);
  for (const { policies, attached } of setsOf(revision, options.together === true)) {
    const findings = lint(policies.map(asLinted), lintOptions(revision, attached, options));
    for (const finding of findings) {
      const remark = remarkOf(finding, policies);
      remarks.set(JSON.stringify(remark), remark);
    }
  }
  return [...remarks.values()].sort(byPlace);
}

interface HeldSet {
  readonly policies: readonly RevisionPolicy[];
  /** Names that come along, whether their texts are known or not. */
  readonly attached: readonly string[];
}

function setsOf(revision: AccessRevision, together: boolean): HeldSet[] {
  const readable = revision.policies.filter(({ unreadable }) => unreadable === undefined);
  if (together) return [{ policies: readable, attached: [] }];
  const sets = new Map<string, HeldSet>();
  const held = new Set<string>();
  for (const { holds } of revision.principals) {
    const names = [...new Set(holds.map(({ policy }) => policyName(policy)))].sort();
    const policies = readable.filter(({ name }) => names.includes(policyName(name)));
    for (const { name } of policies) held.add(name);
    if (policies.length > 0) sets.set(names.join("\n"), { policies, attached: names });
  }
  const alone = readable
    .filter(({ name }) => !held.has(name))
    .map((policy) => ({ policies: [policy], attached: [] }));
  return [...sets.values(), ...alone];
}

function lintOptions(
  revision: AccessRevision,
  attached: readonly string[],
  options: LintRevisionOptions,
): LintOptions {
  const kv = revision.mounts.filter(({ type }) => type === "kv");
  return {
    engine: revision.engine,
    kvMounts: kv.map(({ path, kvVersion }) => ({ path, version: kvVersion ?? 1 })),
    mounts: revision.mounts,
    attached,
    ...(options.suppressions ? { suppressions: options.suppressions } : {}),
    ...(options.now === undefined ? {} : { now: options.now }),
  };
}

function asLinted({ name, document, read, verbatim }: RevisionPolicy): LintedPolicy {
  // What only the text shows is no fault of a text that was derived.
  return { name, document, ...(read && verbatim ? { read } : {}) };
}

const REASONS = new Map(LINTS.map(({ id, reason }) => [id, reason]));

function remarkOf(finding: LintFinding, policies: readonly RevisionPolicy[]): PolicyRemark {
  const { id, severity, index, path, span, message, fix, suppressed } = finding;
  const policy = policies.find(({ name }) => name === finding.policy);
  const rule = policy && index !== undefined ? placeOfRule(policy, index) : policy?.place;
  const place = (policy && placeOfSpan(policy, span)) ?? rule;
  return {
    id,
    severity,
    policy: finding.policy,
    ...(path === undefined ? {} : { path }),
    ...(place ? { place } : {}),
    message,
    reason: REASONS.get(id) ?? "",
    fix,
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}

function parsed(policy: RevisionPolicy): PolicyRemark[] {
  const { name, read, place } = policy;
  return (read?.findings ?? [])
    .filter(({ code, severity }) => severity === "error" || !SAID_BY_LINTS.has(code))
    .map(({ code, severity, reason, fix, span }) => ({
      id: code,
      severity,
      policy: name,
      ...(place ? { place: placeOfSpan(policy, span) ?? place } : {}),
      message: reason,
      reason: severity === "error" ? "The engine refuses the policy." : "The engine overlooks it.",
      fix,
    }));
}

function byPlace(a: PolicyRemark, b: PolicyRemark): number {
  const [x, y] = [a.place, b.place];
  return (
    compare(x?.file ?? a.policy, y?.file ?? b.policy) ||
    (x?.line ?? 0) - (y?.line ?? 0) ||
    (x?.column ?? 0) - (y?.column ?? 0) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
