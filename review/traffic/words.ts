import { counted } from "../../base/words";
import type { Seen } from "./seen";
import type { TrafficChange, TrafficReplay } from "./traffic-replay";

/** `2026-11-21 13:59`, in UTC; empty for a time that is not known. */
export function minute(time: number): string {
  return Number.isNaN(time) ? "" : new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

/** `from 2026-11-14 00:00 to 2026-11-21 00:00 UTC (7 days)`. */
export function periodWords(period: { readonly from: number; readonly to: number } | undefined): string {
  if (!period) return "at times that the log does not tell";
  return `from ${minute(period.from)} to ${minute(period.to)} UTC (${lengthWords(period.to - period.from)})`;
}

function lengthWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 72 ? counted(hours, "hour") : counted(Math.round(hours / 24), "day");
}

/** `last 2026-11-21 13:59`, or when it was where it was once. */
export function whenWords({ count, first, last }: Seen): string {
  if (Number.isNaN(last)) return "at no known time";
  return count === 1 || minute(first) === minute(last) ? minute(last) : `${minute(first)} to ${minute(last)}`;
}

/**
 * The replay in sentences, for a review: `This change would have denied 212 requests of AppRole myapp to read values of
 * secret/database/connection, last 2026-11-21 13:59`.
 */
export function replayNotes(replay: TrafficReplay, most = 5): string[] {
  const { denied, allowed, unknown, log, requests } = replay;
  const all = `${counted(requests, "recorded request")} ${periodWords(log.period)}`;
  if (denied.length + allowed.length + unknown.length === 0)
    return [`Traffic: this change decides ${all} as before.`, ...replay.notes];
  const lines = [
    ...told(
      denied,
      most,
      ({ count, title, subject, last }) =>
        `This change would have denied ${counted(count, "request")} of ${title} to ${subject.does}${lastWords(last)}.`,
    ),
    ...told(
      allowed,
      most,
      ({ count, title, subject, last }) =>
        `This change would have allowed ${counted(count, "request")} of ${title} to ${subject.does}, denied so far${lastWords(last)}.`,
    ),
    ...told(
      unknown,
      most,
      ({ count, title, subject, why }) =>
        `Whether it changes ${counted(count, "request")} of ${title} to ${subject.does} is unknown: ${why}.`,
    ),
  ];
  return [`Traffic: ${all} were decided again.`, ...lines, ...replay.notes];
}

function told(
  changes: readonly TrafficChange[],
  most: number,
  words: (change: TrafficChange) => string,
): string[] {
  const rest = changes.slice(most).reduce((sum, { count }) => sum + count, 0);
  const more =
    rest > 0
      ? [`And ${counted(rest, "request")} more of that kind, in ${changes.length - most} groups.`]
      : [];
  return [...changes.slice(0, most).map(words), ...more];
}

function lastWords(last: number): string {
  return Number.isNaN(last) ? "" : `, last ${minute(last)}`;
}
