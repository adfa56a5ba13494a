import { counted } from "../../base/words";
import type { Finding, Review } from "../finding";
import { isApproved } from "../verdict";
import { type FindingGroup, GROUPS } from "./groups";
import { KINDS } from "./kinds";

/** More kinds than a headline can tell one by one. */
const KINDS_IN_A_HEADLINE = 7;
/** What is told by name in spite of that. */
const GRAVE: readonly string[] = ["gained", "widened", "unknown", "escalation-gained", "guardrail-broken"];

/**
 * `2 gained`, `1 guardrail broken`: how many there are of each kind, in the order of the groups; approved ones are told.
 * Where there are too many kinds, how many findings and errors there are, and the gravest kinds.
 */
export function countsOf(findings: readonly Finding[]): string[] {
  const counts = Object.entries(KINDS)
    .map(([kind, { group, one, many }]) => {
      const found = findings.filter((finding) => finding.kind === kind);
      const approved = found.filter(isApproved).length;
      const words = counted(found.length, one, many);
      return {
        group,
        isGrave: GRAVE.includes(kind),
        count: found.length,
        words: approved === 0 ? words : `${words} (${approved} approved)`,
      };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => order(a.group) - order(b.group));
  if (counts.length <= KINDS_IN_A_HEADLINE) return counts.map(({ words }) => words);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return [
    counted(findings.length, "finding"),
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...counts.filter(({ isGrave }) => isGrave).map(({ words }) => words),
  ];
}

/** What a reader is told about everything that is no finding: `Unchanged: 8 principals.` */
export function closingWords(review: Review): string[] {
  const { findings, guardrailsChecked, unchangedPrincipals } = review;
  const broken = new Set(
    findings.filter(({ kind }) => kind === "guardrail-broken").map(({ rule, id }) => rule ?? id),
  ).size;
  const unknown = findings.filter(({ kind }) => kind === "unknown").length;
  return [
    `Unchanged: ${counted(unchangedPrincipals, "principal")}.`,
    ...(guardrailsChecked > 0 ? [guardrailWords(guardrailsChecked, broken)] : []),
    unknown === 0
      ? "Nothing is unknown."
      : `${unknown === 1 ? "1 thing is" : `${unknown} things are`} unknown: to be read as the worst.`,
  ];
}

function guardrailWords(checked: number, broken: number): string {
  if (broken > 0) return `${Math.max(0, checked - broken)} of ${checked} guardrails hold.`;
  return checked === 1 ? "1 guardrail holds." : `${checked} guardrails hold.`;
}

/** `base 4f1c2aa`, with the engine where the two sides differ in it. */
export function sideLabel(review: Review, side: "base" | "head"): string {
  const { label, engine } = review[side];
  return review.base.engine === review.head.engine ? `${side} ${label}` : `${side} ${label} (${engine})`;
}

/** What a review says when it found nothing. */
export function nothingWords({ command }: Pick<Review, "command">): string {
  return command === "drift" ? "the server is as declared" : "no change in access";
}

function order(group: FindingGroup): number {
  return Object.keys(GROUPS).indexOf(group);
}
