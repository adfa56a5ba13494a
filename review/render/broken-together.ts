import { counted } from "../../base/words";
import type { Finding } from "../finding";
import type { Place } from "../model";
import { placeWords } from "../place-words";
import { sideWords } from "./reasons";

/** Guardrails that one rule of one principal breaks, in the order in which they were found. */
export type BrokenTogether = readonly [Finding, ...Finding[]];

/**
 * Findings with those put together that differ in the guardrail alone: a wide rule breaks many, and its reader wants to be
 * told of the rule once. Everything else stands by itself.
 */
export function brokenTogether(findings: readonly Finding[]): BrokenTogether[] {
  const packs = new Map<string, [Finding, ...Finding[]]>();
  for (const [index, finding] of findings.entries()) {
    const isBreach = finding.kind === "guardrail-broken" && finding.access !== undefined;
    const key = isBreach ? sameBreach(finding) : String(index);
    const pack = packs.get(key);
    if (pack) pack.push(finding);
    else packs.set(key, [finding]);
  }
  return [...packs.values()];
}

function sameBreach(finding: Finding): string {
  const { principals, severity, access, cause } = finding;
  const { level, rule, policies } = access?.after ?? {};
  return JSON.stringify([principals, severity, level, rule, policies, cause, placeOfBreach(finding)]);
}

/** The line that breaks a guardrail; where no file has it, the finding stands at the guardrail's own. */
export function placeOfBreach({ place, declaredAt }: Finding): Place | undefined {
  return place && declaredAt && placeWords(place) === placeWords(declaredAt) ? undefined : place;
}

/** `breaks 8 guardrails: what they forbid is allowed by path "secret/data/*" of dotmac`; the sentence of one that stands alone. */
export function togetherWords(pack: BrokenTogether): string {
  const [{ sentence, access }] = pack;
  if (pack.length === 1) return sentence;
  const rule = access ? `: what they forbid is ${sideWords(access.after)}` : "";
  return `breaks ${pack.length} guardrails${rule}`;
}

/** `breaks the guardrail "…"`, or of several the first. */
export function breachWords(pack: BrokenTogether): string {
  const [first] = pack;
  if (pack.length === 1) return first.sentence;
  return `breaks "${first.rule}" and ${counted(pack.length - 1, "other")}`;
}
