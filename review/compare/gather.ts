import type { Finding, FindingKind } from "../finding";
import { type FindingParts, withId } from "./finding-id";

/** The order in which findings are told. */
const ORDER: readonly FindingKind[] = [
  "escalation-gained",
  "guardrail-broken",
  "gained",
  "widened",
  "changed",
  "unknown",
  "lost",
  "narrowed",
];

/** Gathers principals of whom the same is true, sorts, and gives ids. */
export function gather(parts: readonly FindingParts[]): Finding[] {
  const found = new Map<string, FindingParts>();
  for (const each of parts) {
    const { principals, titles, owners, access, ...rest } = each;
    const key = JSON.stringify([
      rest,
      access && { ...access, before: access.before.level, after: access.after.level },
    ]);
    const earlier = found.get(key);
    found.set(key, earlier ? united(earlier, each) : each);
  }
  return [...found.values()].sort(byImportance).map(withId);
}

function united(some: FindingParts, more: FindingParts): FindingParts {
  const people = new Map(
    [...some.principals, ...more.principals].map((name, at) => [
      name,
      [...some.titles, ...more.titles][at] ?? name,
    ]),
  );
  const names = [...people.keys()].sort();
  return {
    ...some,
    principals: names,
    titles:
      some.titles.length + more.titles.length === 0 ? [] : names.map((name) => people.get(name) as string),
    owners: [...new Set([...some.owners, ...more.owners])].sort(),
  };
}

function byImportance(a: FindingParts, b: FindingParts): number {
  const rank = ({ kind, severity }: FindingParts): number =>
    (severity === "note" ? 100 : 0) + (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
  return rank(a) - rank(b) || compare(a.titles.join(), b.titles.join()) || compare(a.sentence, b.sentence);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
