import { someOf } from "../../base/words";
import { dayOf } from "../day-of";
import type { AccessChange, Finding, FindingApproval, FindingKind, SideOfChange, Witness } from "../finding";
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
    ...(access ? [`witness: ${requestWords(access.witness)}: ${changeWords(finding.kind, access)}`] : []),
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

/**
 * What becomes of the witness: `denied (no rule matches) → allowed by path "secret/data/*" of dotmac`. A rule that decides on
 * both sides is named once. Where conditions became wider or narrower, both sides allow something, and this request only one.
 */
export function changeWords(
  kind: FindingKind,
  { before, after }: Pick<AccessChange, "before" | "after">,
): string {
  const [was, is] = WITNESSED[kind] ?? [before.level, after.level];
  const same = before.rule === after.rule && before.policies.join() === after.policies.join();
  const first = same && before.rule !== undefined ? LEVELS[was] : sideWords({ ...before, level: was });
  return `${first} → ${sideWords({ ...after, level: is })}`;
}

const WITNESSED: {
  readonly [kind in FindingKind]?: readonly [SideOfChange["level"], SideOfChange["level"]];
} = {
  widened: ["none", "full"],
  narrowed: ["full", "none"],
};

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
