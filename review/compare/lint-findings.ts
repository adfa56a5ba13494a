import { policyName } from "../../policies/policy-name";
import { LINTS } from "../../policies/rules/all";
import type { LintedPolicy, LintFinding, LintOptions, Suppression } from "../../policies/rules/lint";
import { lint } from "../../policies/rules/run";
import type { FindingSeverity } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, HeldPolicy, Place, RevisionPolicy } from "../model";
import { placeOfRule, placeOfSpan, RulePlaces } from "../rule-places";
import type { ComparedPair } from "./compared-pairs";
import type { ReviewOptions } from "./options";
import { ownersOf } from "./owners";

/** What reviews tell by themselves: ways to everything with their chain, access that an addition takes with its cause. */
const TOLD_ELSEWHERE = new Set(["ESCALATION", "NON_MONOTONE_ADD"]);

const ASKED = LINTS.filter(({ id, severity }) => severity !== "info" && !TOLD_ELSEWHERE.has(id));

/** Errors and warnings of lints that the base does not have, for the sets of policies that changed. */
export function lintFindings(
  base: AccessRevision,
  head: AccessRevision,
  pairs: readonly ComparedPair[],
  { now, suppressions = [] }: Pick<ReviewOptions, "now" | "suppressions">,
): FindingParts[] {
  const [old, is] = [new RulePlaces(base), new RulePlaces(head)];
  const found = new Map<string, { finding: LintFinding; pairs: ComparedPair[] }>();
  const done = new Map<string, readonly LintFinding[]>();
  for (const pair of pairs) {
    const sets = [policiesOf(pair.heldBefore, old), policiesOf(pair.heldAfter, is)] as const;
    const key = JSON.stringify(sets.map((set) => set.map(({ name }) => name)));
    let fresh = done.get(key);
    if (!fresh) {
      const before = new Set(lintsOf(sets[0], base, { now }).map(keyOf));
      fresh = lintsOf(sets[1], head, { now, suppressions }).filter((finding) => !before.has(keyOf(finding)));
      done.set(key, fresh);
    }
    for (const finding of fresh) {
      const earlier = found.get(keyOf(finding));
      if (earlier) earlier.pairs.push(pair);
      else found.set(keyOf(finding), { finding, pairs: [pair] });
    }
  }
  return [...found.values()].map(({ finding, pairs: holders }) => partsOf(finding, holders, is));
}

function policiesOf(held: readonly HeldPolicy[], places: RulePlaces): RevisionPolicy[] {
  const names = new Set(held.map(({ policy }) => policyName(policy)));
  return [...names].flatMap((name) => {
    const policy = places.policy(name);
    return policy && !policy.unreadable ? [policy] : [];
  });
}

function lintsOf(
  policies: readonly RevisionPolicy[],
  revision: AccessRevision,
  { now, suppressions = [] }: { now: number | undefined; suppressions?: readonly Suppression[] },
): LintFinding[] {
  const kv = revision.mounts.filter(({ type }) => type === "kv");
  const options: LintOptions = {
    engine: revision.engine,
    kvMounts: kv.map(({ path, kvVersion }) => ({ path, version: kvVersion ?? 1 })),
    mounts: revision.mounts,
    suppressions,
    ...(now === undefined ? {} : { now }),
  };
  return lint(policies.map(asLinted), options, ASKED);
}

function asLinted({ name, document, read, verbatim, place }: RevisionPolicy): LintedPolicy {
  return { name, document, ...(read ? { read } : {}), ...(verbatim && place ? { file: place.file } : {}) };
}

function keyOf({ id, policy, path }: LintFinding): string {
  return JSON.stringify([id, policy, path]);
}

function partsOf(finding: LintFinding, pairs: readonly ComparedPair[], places: RulePlaces): FindingParts {
  const principals = pairs
    .flatMap((pair) => pair.principals)
    .map(({ name, head, base }) => ({ name, ...(head ?? base) }));
  const place = placeOf(finding, places.policy(finding.policy));
  return {
    kind: "lint",
    severity: severityOf(finding),
    ...(finding.suppressed === undefined ? {} : { cause: `suppressed: ${finding.suppressed}` }),
    principals: principals.map(({ name }) => name),
    titles: principals.map(({ name, title }) => title ?? name),
    sentence: finding.message,
    rule: finding.id,
    fix: finding.fix,
    ...(place ? { place } : {}),
    owners: ownersOf(principals),
  };
}

function severityOf({ severity, suppressed }: LintFinding): FindingSeverity {
  if (suppressed !== undefined) return "note";
  return severity === "error" ? "error" : "warning";
}

function placeOf({ span, path }: LintFinding, policy: RevisionPolicy | undefined): Place | undefined {
  if (!policy) return undefined;
  const written = placeOfSpan(policy, span);
  if (written) return written;
  const index = policy.document.rules.findIndex((rule) => rule.path === path);
  return index < 0 ? policy.place : placeOfRule(policy, index);
}
