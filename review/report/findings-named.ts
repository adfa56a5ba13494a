import type { Finding } from "../finding";
import { placeWords } from "../place-words";
import { KINDS } from "../render/kinds";

/** The findings in which every word of a query stands: who, what, where, which request, which rule, whom to ask. */
export function findingsNamed(findings: readonly Finding[], query: string): readonly Finding[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return findings;
  return findings.filter((finding) => {
    const text = textOf(finding);
    return words.every((word) => text.includes(word));
  });
}

function textOf(finding: Finding): string {
  const { kind, titles, principals, sentence, cause, chain, fix, rule, owners, access, approval } = finding;
  const places = [finding.place, finding.declaredAt, ...(finding.alsoAt ?? [])];
  return [
    KINDS[kind]?.one,
    ...titles,
    ...principals,
    sentence,
    cause,
    ...(chain ?? []),
    fix,
    rule,
    ...owners,
    ...(access?.regions ?? []),
    ...(access?.capabilities ?? []),
    access?.witness.path,
    access?.before.rule,
    access?.after.rule,
    ...places.map((place) => place && placeWords(place)),
    approval && `${approval.by} ${approval.reason}`,
  ]
    .filter((text) => text !== undefined)
    .join("\n")
    .toLowerCase();
}
