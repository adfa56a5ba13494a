import { realpathSync } from "node:fs";
import { OperationalError } from "../../base/errors";
import { counted } from "../../base/words";
import type { AuditEntry } from "./audit-entry";
import { entryIn, isQuestion, isTest } from "./log-line";
import { readLines } from "./log-lines";

/** What was in the files, beside the entries. */
export interface LogSummary {
  readonly files: number;
  readonly lines: number;
  /** Requests with their answers. */
  readonly entries: number;
  /** The first and the last time, in milliseconds since 1970; absent where no entry has one. */
  readonly period?: { readonly from: number; readonly to: number };
  /** What a reader should know: lines that are no entries, files that end early. A sentence each. */
  readonly notes: readonly string[];
}

interface Tally {
  lines: number;
  answers: number;
  questions: number;
  foreign: number;
  cutOff: number;
  tooLong: number;
  from: number;
  to: number;
  readonly notes: string[];
  /** The first line of each file so far: times to the nanosecond, identifiers and hashes make it that file's alone. */
  readonly begins: Map<string, string>;
}

/**
 * Gives every recorded request to `visit`, in the order of the files. Each request stands in a log twice, as it came and
 * with its answer; the second is taken, for it tells how it ended. A log that has only the first is read again for those.
 * Lines of other programs are skipped and counted; a prefix before the entry, or Docker's wrapping, is taken off.
 * @param files plain or gzip; `-` is standard input
 * @throws OperationalError when there is no entry in any of them
 */
export async function readLogs(
  files: readonly string[],
  visit: (entry: AuditEntry) => void,
): Promise<LogSummary> {
  const { different, twice } = distinct(files);
  let tally = await pass(different, "response", visit);
  const notes = [...twice];
  if (tally.answers === 0 && tally.questions > 0) {
    if (different.includes("-")) {
      throw new OperationalError(
        "The log on standard input holds requests without any answer.",
        "Give it as a file: it has to be read twice.",
      );
    }
    tally = await pass(different, "request", visit);
    notes.push(
      "the log holds requests without their answers: how they ended is told only as far as policies decided",
    );
  }
  const entries = tally.answers > 0 ? tally.answers : tally.questions;
  if (entries === 0) throw nothingIn(different, tally);
  return {
    files: different.length,
    lines: tally.lines,
    entries,
    ...(tally.from <= tally.to ? { period: { from: tally.from, to: tally.to } } : {}),
    notes: [...notes, ...tally.notes, ...notesOf(tally)],
  };
}

async function pass(
  files: readonly string[],
  wanted: "request" | "response",
  visit: (entry: AuditEntry) => void,
): Promise<Tally> {
  const tally: Tally = {
    lines: 0,
    answers: 0,
    questions: 0,
    foreign: 0,
    cutOff: 0,
    tooLong: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    notes: [],
    begins: new Map(),
  };
  for (const file of files) {
    let first = true;
    const read = await readLines(file, (buffer, start, end, last) => {
      if (end === start) return;
      tally.lines++;
      if (first) noteCopy(tally, file, buffer.toString("utf8", start, end));
      first = false;
      if (wanted === "response" && isQuestion(buffer, start, end)) {
        if (!isTest(buffer, start, end)) tally.questions++;
        return;
      }
      const found = entryIn(buffer.toString("utf8", start, end));
      if (found === undefined) {
        if (last) tally.cutOff++;
        else tally.foreign++;
      } else if (found.type !== "request" && found.type !== "response") tally.foreign++;
      else {
        if (found.type === "request") tally.questions++;
        else tally.answers++;
        if (found.type !== wanted) return;
        const { time } = found.entry;
        if (time < tally.from) tally.from = time;
        if (time > tally.to) tally.to = time;
        visit(found.entry);
      }
    });
    tally.tooLong += read.tooLong;
    if (read.bytes === 0) tally.notes.push(`${shown(file)} is empty`);
    if (read.cutOff) tally.notes.push(`${shown(file)} is cut off: what stands before the cut was read`);
  }
  return tally;
}

function noteCopy({ begins, notes }: Tally, file: string, line: string): void {
  const other = begins.get(line);
  if (other === undefined) begins.set(line, file);
  else notes.push(`${shown(file)} begins like ${shown(other)}: what stands in both is counted twice`);
}

/** Two names of one file are one file. */
function distinct(files: readonly string[]): { different: string[]; twice: string[] } {
  const seen = new Set<string>();
  const different: string[] = [];
  const twice: string[] = [];
  for (const file of files) {
    const real = file === "-" ? "-" : realOf(file);
    if (seen.has(real)) twice.push(`${shown(file)} was named twice, and read once`);
    else different.push(file);
    seen.add(real);
  }
  return { different, twice };
}

function realOf(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function notesOf({ foreign, cutOff, tooLong, answers, questions }: Tally): string[] {
  const unanswered = questions - answers;
  return [
    ...(foreign > 0
      ? [`${counted(foreign, "line")} of no audit log ${foreign === 1 ? "was" : "were"} skipped`]
      : []),
    ...(cutOff > 0
      ? [`${counted(cutOff, "last line")} ${cutOff === 1 ? "is" : "are"} cut off and left out`]
      : []),
    ...(tooLong > 0
      ? [`${counted(tooLong, "line")} longer than 16 MiB ${tooLong === 1 ? "was" : "were"} skipped`]
      : []),
    ...(answers > 0 && unanswered > 0
      ? [
          `${counted(unanswered, "request")} ${unanswered === 1 ? "has" : "have"} no answer in these files and ${unanswered === 1 ? "is" : "are"} left out`,
        ]
      : []),
  ];
}

function shown(file: string): string {
  return file === "-" ? "standard input" : file;
}

function nothingIn(files: readonly string[], { lines, notes }: Tally): OperationalError {
  const names = files.map(shown).join(", ");
  return new OperationalError(
    `${names} ${files.length === 1 ? "holds" : "hold"} no entry of an audit log${lines > 0 ? `, in ${counted(lines, "line")}` : ""}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}.`,
    "Give what an audit device of type file writes: one JSON object a line.",
  );
}
