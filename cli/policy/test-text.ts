import pc from "picocolors";
import { shownPath } from "../../base/called-from";
import { counted } from "../../base/words";
import type { CaseResult } from "../../policies/cases/run";
import type { LoadedCases } from "../../review/policy-cases/load-cases";
import { printable } from "../../review/render/printable";
import type { Written } from "../../review/written/written";
import { block, MARKS, notesText } from "../terminal";
import { engineNotes } from "./subject";

/** What became of one file. */
export interface Outcome {
  readonly written: Written;
  readonly loaded: LoadedCases;
  readonly results: readonly CaseResult[];
  readonly seconds: number;
}

/** Past so many the rest says nothing new at a terminal; `--json` has them all. */
const SHOWN = 50;

/** All results, one a line: there may be very many. */
export function outcomesJson(outcomes: readonly Outcome[]): string {
  const all = outcomes.flatMap(({ results }) => results);
  const head = {
    schema_version: 1,
    passed: all.filter(({ passed }) => passed).length,
    failed: all.filter(({ passed }) => !passed).length,
    notes: outcomes.flatMap(notesOf),
  };
  const results = outcomes.flatMap(({ written, results }) =>
    results.map(({ index, ...result }) => {
      const place = result.passed
        ? {}
        : { place: { file: written.file, ...written.place(["cases", index]) } };
      return JSON.stringify({ file: written.file, ...result, ...place });
    }),
  );
  return `${JSON.stringify(head).slice(0, -1)},"results":[\n${results.join(",\n")}\n]}\n`;
}

/** One file of cases for people: what failed and why, and how many held. @param verbose tells those that hold as well */
export function outcomeText(outcome: Outcome, verbose: boolean): string {
  const { written, results, loaded, seconds } = outcome;
  const file = printable(shownPath(written.file));
  const failures = results.filter(({ passed }) => !passed);
  const lines: string[] = [];
  if (verbose)
    for (const { name, engine } of results.filter(({ passed }) => passed))
      lines.push(`${MARKS.allowed} ${printable(name)}  ${pc.dim(engine)}`);
  for (const { name, index, engine, mismatches } of failures.slice(0, SHOWN)) {
    const { line } = written.place(["cases", index]);
    lines.push(
      `${MARKS.denied} ${pc.bold(printable(name))}   ${pc.dim(`${file}:${line} · ${printable(engine)}`)}`,
    );
    for (const mismatch of mismatches) lines.push(...block(printable(mismatch), "    "));
  }
  if (failures.length > SHOWN) lines.push(pc.dim(`  … and ${failures.length - SHOWN} more`));
  const engines = new Set(results.map(({ engine }) => engine));
  const counts = [
    `${results.length - failures.length} passed`,
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
  ].join(", ");
  const cases = counted(loaded.file.cases.length, "case");
  lines.push(
    `${failures.length > 0 ? MARKS.denied : MARKS.allowed} ${file}: ${counts}   ${pc.dim(`${cases} on ${printable([...engines].join(", ")) || "no engine"} · ${seconds.toFixed(2)} s`)}`,
  );
  return `${lines.join("\n")}\n${notesText(notesOf(outcome))}`;
}

function notesOf({ loaded, results }: Outcome): string[] {
  const engines = new Set(results.map(({ engine }) => engine));
  const none = results.length === 0 ? ["there is no case in it"] : [];
  return [...none, ...loaded.notes, ...[...engines].flatMap(engineNotes)];
}
