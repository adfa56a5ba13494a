import pc from "picocolors";
import { namedPath } from "../../base/called-from";
import { counted } from "../../base/words";
import { columnsOf, padded, wrapped } from "../../review/render/columns";
import { printable } from "../../review/render/printable";
import type { DeniedRequests } from "../../review/traffic/denied";
import type { LogSummary } from "../../review/traffic/read-log";
import type { TrafficChange } from "../../review/traffic/traffic-replay";
import { periodWords } from "../../review/traffic/words";
import { block } from "../terminal";

/** The logs as they are found from where the command was typed. */
export function logFiles(files: readonly string[]): string[] {
  return files.map((file) => (file === "-" ? file : namedPath(file)));
}

/** One thing to tell: a sign, who, what, and lines below. */
export interface Told {
  readonly sign: string;
  readonly title: string;
  readonly sentence: string;
  readonly below: readonly string[];
}

/** Things under each other: signs, titles, sentences in columns; whatever names and paths hold is made visible. */
export function toldLines(things: readonly Told[]): string[] {
  const width = process.stdout.columns || 110;
  const titles = Math.min(34, Math.max(0, ...things.map(({ title }) => columnsOf(printable(title)))));
  const room = Math.max(40, width - titles - 6);
  return things.flatMap(({ sign, title, sentence, below }) => {
    const names = wrapped(printable(title), titles);
    const sentences = wrapped(printable(sentence), room);
    const rows = Array.from({ length: Math.max(names.length, sentences.length) }, (_, row) =>
      ` ${row === 0 ? sign : " "}  ${padded(names[row] ?? "", titles)}  ${sentences[row] ?? ""}`.trimEnd(),
    );
    const under = below.flatMap((text) => wrapped(printable(text), room));
    return [...rows, ...under.map((line) => " ".repeat(titles + 6) + pc.dim(line))];
  });
}

/** A sentence of its own, in lines of the terminal's width. */
export function sentenceLines(text: string): string[] {
  return block(printable(text), " ");
}

/** `123 requests from … to … in 2 files`: what an answer rests on. */
export function restsOn({ period, files }: LogSummary, requests: number): string {
  return `${counted(requests, "request")} ${periodWords(period)}, in ${counted(files, "file")}`;
}

/** Recorded requests of one principal for one thing. */
export function requestsJson(group: DeniedRequests | TrafficChange): object {
  const { title, principal, subject, operation, example, count, first, last } = group;
  return {
    principal: principal?.name,
    title,
    owner: principal?.owner,
    operation,
    intent: subject.intent,
    region: subject.region,
    example,
    count,
    first: isoTime(first),
    last: isoTime(last),
  };
}

/** What was in the logs, for programs; times in ISO 8601. */
export function logJson({ files, lines, entries, period }: LogSummary): object {
  return {
    files,
    lines,
    entries,
    period: period && { from: isoTime(period.from), to: isoTime(period.to) },
  };
}

function isoTime(time: number): string | undefined {
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
