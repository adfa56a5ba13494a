import type { Finding } from "../finding";

/** Guardrails that one rule of one principal breaks, in the order in which they were found. */
export type BrokenTogether = readonly [Finding, ...Finding[]];

/**
 * Findings with those put together that differ in the guardrail alone: a wide rule breaks many, and its reader wants to be
 * told of the rule once. Everything else stands by itself.
 */
export function brokenTogether(findings: readonly Finding[]): BrokenTogether[] {
  const packs = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = finding.kind === "guardrail-broken" && finding.access ? sameBreach(finding) : finding.id;
    const pack = packs.get(key);
    if (pack) pack.push(finding);
    else packs.set(key, [finding]);
  }
  return [...packs.values()];
}

function sameBreach({ principals, severity, access, cause, place }: Finding): string {
  const { level, rule, policies } = access?.after ?? {};
  return JSON.stringify([principals, severity, level, rule, policies, cause, place]);
}
