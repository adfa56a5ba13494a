import { someOf } from "../../base/words";
import { dayOf } from "../day-of";
import type { Finding, FindingApproval, SideOfChange, Witness } from "../finding";
import { placeWords } from "../place-words";

/**
 * What lies behind a finding, a line each: the reason, the request that shows it, the steps, what to do, who approved.
 * @param capabilities whether to name the engine's capabilities behind an intent as well
 */
export function reasonsOf(finding: Finding, capabilities = false): string[] {
  const { access, alsoAt = [], approval, cause, chain, declaredAt, fix, place } = finding;
  const guardrail = declaredAt && placeWords(declaredAt);
  return [
    ...(cause ? [cause] : []),
    ...(access ? [witnessWords(access)] : []),
    ...(access?.intent && capabilities ? [`on the API: ${access.capabilities.join(", ")}`] : []),
    ...(chain ?? []).map((step, index) => `step ${index + 1}: ${step}`),
    ...(guardrail && guardrail !== (place && placeWords(place))
      ? [`the guardrail is declared at ${guardrail}`]
      : []),
    ...(alsoAt.length > 0 ? [`also at ${someOf(alsoAt.map(placeWords), 5)}`] : []),
    ...(fix ? [`fix: ${fix}`] : []),
    ...(approval ? [approvalWords(approval)] : []),
  ];
}

function witnessWords({ witness, before, after }: NonNullable<Finding["access"]>): string {
  return `witness: ${requestWords(witness)}: ${changeWords(before, after)}`;
}

/** `denied (no rule matches) → allowed by path "secret/data/*" of dotmac`; a rule that decides on both sides is named once. */
export function changeWords(before: SideOfChange, after: SideOfChange): string {
  const same = before.rule === after.rule && before.policies.join() === after.policies.join();
  const was = same && before.rule !== undefined ? LEVELS[before.level] : sideWords(before);
  return `${was} → ${sideWords(after)}`;
}

/** `update secret/data/app with {"ttl":"1h"}`. */
export function requestWords({ capability, path, aclOnly, data, wrapTtl }: Witness): string {
  const parameters = data === undefined ? "" : ` with ${JSON.stringify(data)}`;
  const wrapping = wrapTtl === undefined ? "" : ` wrapped for ${wrapTtl} s`;
  return `${capability} ${path}${parameters}${wrapping}${aclOnly ? " (for the rules alone: no request has this path)" : ""}`;
}

const LEVELS = {
  none: "denied",
  conditional: "allowed with conditions",
  full: "allowed",
  unknown: "unknown",
};

/** `allowed by path "secret/data/*" of dotmac`. */
export function sideWords({ level, rule, policies }: SideOfChange): string {
  if (rule === undefined) return level === "none" ? "denied (no rule matches)" : LEVELS[level];
  return `${LEVELS[level]} by path "${rule}"${policies.length > 0 ? ` of ${someOf(policies, 3)}` : ""}`;
}

function approvalWords({ by, reason, until, addedHere, counts }: FindingApproval): string {
  const words = `approved by ${by}${until ? ` until ${dayOf(until)}` : ""}: ${reason}`;
  if (counts) return addedHere ? `${words} (added by this change)` : words;
  return `${words} (${addedHere ? "added by this change, and so it does not count" : "does not count"})`;
}
