import type { AuditEntry } from "./audit-entry";

/** How often something was recorded, and when. */
export interface Seen {
  count: number;
  /** Milliseconds since 1970; NaN where no entry has a time. */
  first: number;
  last: number;
}

/** To begin with. */
export function neverSeen(): Seen {
  return { count: 0, first: Number.NaN, last: Number.NaN };
}

/** Counts one entry. Files need not be in the order of time. */
export function see(seen: Seen, { time }: AuditEntry): void {
  seen.count++;
  if (!(time >= seen.first)) seen.first = Number.isNaN(time) ? seen.first : time;
  if (!(time <= seen.last)) seen.last = Number.isNaN(time) ? seen.last : time;
}

/** The most frequent first. */
export function byCount(a: Seen, b: Seen): number {
  return b.count - a.count || b.last - a.last;
}
