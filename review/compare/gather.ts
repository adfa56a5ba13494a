import { KV_INTENTS } from "../../policies/kv-intents";
import type { Finding, FindingKind } from "../finding";
import { type FindingParts, withId } from "../finding-id";

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
  const found = new Map<string, FindingParts[]>();
  for (const each of parts) {
    const { principals, titles, owners, access, ...rest } = each;
    const key = JSON.stringify([
      rest,
      access && { ...access, before: access.before.level, after: access.after.level },
    ]);
    const same = found.get(key);
    if (same) same.push(each);
    else found.set(key, [each]);
  }
  return [...found.values()].map(united).sort(byImportance).map(withId);
}

function united(parts: readonly FindingParts[]): FindingParts {
  const [first] = parts as [FindingParts];
  if (parts.length === 1) return first;
  const titles = new Map<string, string>();
  for (const part of parts)
    for (const [at, name] of part.principals.entries()) titles.set(name, part.titles[at] ?? name);
  const names = [...titles.keys()].sort();
  return {
    ...first,
    principals: names,
    titles: first.titles.length === 0 ? [] : names.map((name) => titles.get(name) as string),
    owners: [...new Set(parts.flatMap(({ owners }) => owners))].sort(),
  };
}

/** The worst first; of access, capabilities on the API before what is done to secrets, and there values before names. */
function byImportance(a: FindingParts, b: FindingParts): number {
  return (
    rankOf(a) - rankOf(b) ||
    compare(a.titles.join(), b.titles.join()) ||
    intentRank(a) - intentRank(b) ||
    compare(a.sentence, b.sentence)
  );
}

function rankOf({ kind, severity }: FindingParts): number {
  return (severity === "note" ? 100 : 0) + (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
}

const INTENTS = Object.keys(KV_INTENTS);

function intentRank({ access }: FindingParts): number {
  return access?.intent ? INTENTS.indexOf(access.intent) : -1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
