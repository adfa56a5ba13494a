import { parseTime } from "../language/duration";
import type { NamedPolicy } from "../semantics/access-list";
import type { Comparison } from "./compare";
import { byImportance, type Difference, unknown } from "./difference";

/** More moments than these are not looked at, and that is said. */
export const MOST_ENDS = 50;

/** The moment at which something ends, as it is told. */
export function endInWords(end: number): string {
  return new Date(end).toISOString().replace(".000Z", "Z");
}

/** The moments after `now` at which a rule or a whole policy ends, in order, in milliseconds since 1970. */
export function endsAfter(now: number, policies: Iterable<NamedPolicy>): number[] {
  const ends = new Set<number>();
  for (const { expiration, document } of policies) {
    for (const each of [expiration, ...document.rules.map((rule) => rule.expiration)]) {
      const time = each === undefined ? undefined : parseTime(each);
      if (time !== undefined && time > now) ends.add(time);
    }
  }
  return [...ends].sort((a, b) => a - b);
}

/**
 * What is compared now, and once more behind each moment at which something ends. Access that differs only from then on is told
 * with its `from`: a rule that got an end, or lost it, changes nothing before.
 */
export function compareOverTime(
  now: Comparison,
  ends: readonly number[],
  compareAt: (time: number) => Comparison,
): Comparison {
  if (ends.length === 0) return now;
  const told = new Map(now.differences.map((each) => [keyOf(each), each]));
  let { complete, paths } = now;
  for (const end of ends.slice(0, MOST_ENDS)) {
    const then = compareAt(end + 1);
    complete &&= then.complete;
    paths += then.paths;
    for (const each of then.differences) {
      const key = keyOf(each);
      if (!told.has(key)) told.set(key, { ...each, from: endInWords(end) });
    }
  }
  const differences = [...told.values()];
  if (ends.length > MOST_ENDS)
    differences.push(
      unknown(`rules end at ${ends.length} moments, of which the first ${MOST_ENDS} were looked at`, "*"),
    );
  return { differences: differences.sort(byImportance), complete, paths };
}

function keyOf({ kind, capability, before, after, witness, reason }: Difference): string {
  return JSON.stringify([kind, capability, before, after, kind === "unknown" ? witness : "", reason]);
}
