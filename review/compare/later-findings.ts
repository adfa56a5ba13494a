import { endInWords, MOST_ENDS } from "../../policies/compare/over-time";
import type { FindingParts } from "../finding-id";
import type { ComparedPair } from "./compared-pairs";

/**
 * What is found of a pair now, and what is found besides behind each moment at which one of its rules ends, with that moment: a rule
 * that got an end, or lost it, makes no difference before.
 */
export function withLater(
  pair: ComparedPair,
  findingsOf: (pair: ComparedPair) => readonly FindingParts[],
): FindingParts[] {
  const found = [...findingsOf(pair)];
  const told = new Set(found.map(factOf));
  for (const end of pair.ends.slice(0, MOST_ENDS)) {
    for (const each of findingsOf(pair.at(end + 1))) {
      const fact = factOf(each);
      if (told.has(fact)) continue;
      told.add(fact);
      found.push({ ...each, sentence: from(end, each.sentence) });
    }
  }
  return pair.ends.length > MOST_ENDS ? [...found, tooMany(pair)] : found;
}

/** Sentences count what they do not name, so that two findings can have the same. */
function factOf({ kind, sentence, approval, access }: FindingParts): string {
  return JSON.stringify([kind, sentence, approval, access?.regions, access?.except]);
}

function from(end: number, sentence: string): string {
  return `${sentence.replace(/^can now /, "can ")} from ${endInWords(end)} on, when a rule ends`;
}

function tooMany({ ends, principals }: ComparedPair): FindingParts {
  return {
    kind: "unknown",
    severity: "error",
    principals: principals.map(({ name }) => name),
    titles: principals.map(({ name, base, head }) => (head ?? base)?.title ?? name),
    sentence: `holds rules that end at ${ends.length} moments, of which the first ${MOST_ENDS} were looked at`,
    owners: [],
  };
}
