import type { ComparedCapability } from "../../policies/compare/grant";
import type { KvIntent } from "../../policies/kv-intents";
import { parseTime } from "../../policies/language/duration";
import { type Mistake, mistakesIn } from "../written/mistakes";
import { refuse } from "../written/refuse";
import { readWritten, type Steps, type Written } from "../written/written";
import type { Approval, Approvals, ApprovedGain } from "./approvals";
import { APPROVALS_SCHEMA } from "./schema";

/** An entry as it is written; the schema has held it. */
interface WrittenApproval {
  readonly principal: string;
  readonly secret?: string;
  readonly intents?: readonly KvIntent[];
  readonly path?: string;
  readonly capabilities?: readonly ComparedCapability[];
  readonly constraint?: string;
  readonly to?: string;
  readonly escalation?: boolean;
  readonly by: string;
  readonly reason: string;
  readonly until?: string;
}

/**
 * Reads a file of approvals (docs/review.md), YAML or JSON. An empty one approves nothing.
 * @throws UsageError with line, column and what to write, for every mistake in it
 */
export function readApprovals(source: string | Uint8Array, file: string): Approvals {
  const written = readWritten(source, file);
  if (written.value === null || written.value === undefined) return { file, approvals: [] };
  refuse(written, mistakesIn(written.value, APPROVALS_SCHEMA));
  const entries = (written.value as { approvals: readonly WrittenApproval[] }).approvals;
  refuse(
    written,
    entries.flatMap((entry, index) => mistakesOf(entry, ["approvals", index])),
  );
  return { file, approvals: entries.map((entry, index) => approvalOf(entry, index, written)) };
}

/** What no schema can say in a sentence. */
function mistakesOf(entry: WrittenApproval, steps: Steps): Mistake[] {
  const found: Mistake[] = [];
  const add = (key: string, what: string, fix: string): unknown =>
    found.push({ steps: key in entry ? [...steps, key] : steps, of: "value", what, fix });
  const kinds = (["secret", "path", "constraint", "escalation"] as const).filter(
    (key) => entry[key] !== undefined,
  );
  if (kinds.length > 1)
    add(
      kinds[1] as string,
      `an approval has both ${kinds.join(" and ")}`,
      "Write two approvals: each is about one gain.",
    );
  for (const [region, what] of [
    ["secret", "intents"],
    ["path", "capabilities"],
  ] as const) {
    if (entry[region] !== undefined && !entry[what]?.length)
      add(
        region,
        `an approval of a ${region} says no ${what}`,
        `Add ${what}: an approval covers what it names.`,
      );
    if (entry[region] === undefined && entry[what] !== undefined)
      add(what, `an approval has ${what} and no ${region}`, `Add ${region}: where they are approved.`);
  }
  if (entry.to !== undefined && entry.constraint === undefined)
    add("to", "an approval has to and no constraint", "Add constraint: the bound that it is about.");
  if (entry.escalation === false)
    add("escalation", "an approval of no escalation approves nothing", "Remove it.");
  if (entry.until !== undefined && endOf(entry.until) === undefined)
    add("until", `"${entry.until}" is no day`, "Write a day of the calendar: 2030-01-31.");
  return found;
}

function approvalOf(entry: WrittenApproval, index: number, written: Written): Approval {
  const { principal, by, reason, until } = entry;
  return {
    principal,
    gain: gainOf(entry),
    by,
    reason,
    ...(until === undefined ? {} : { until: endOf(until) as string }),
    place: { file: written.file, ...written.place(["approvals", index]) },
  };
}

function gainOf({ secret, intents, path, capabilities, constraint, to }: WrittenApproval): ApprovedGain {
  if (secret !== undefined) return { kind: "secret", secret, intents: intents ?? [] };
  if (path !== undefined) return { kind: "path", path, capabilities: capabilities ?? [] };
  if (constraint !== undefined)
    return { kind: "constraint", name: constraint, ...(to === undefined ? {} : { to: to.trim() }) };
  return { kind: "escalation" };
}

/** A day ends when it is over, in UTC. */
function endOf(until: string): string | undefined {
  const time = until.includes("T") ? until : `${until}T23:59:59Z`;
  const parsed = parseTime(time);
  // 2030-02-31 is a day that JavaScript would move to March.
  return parsed !== undefined && Number.isFinite(parsed) && isCalendarDay(until.slice(0, 10))
    ? time
    : undefined;
}

function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
