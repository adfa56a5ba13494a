import { existsSync } from "node:fs";
import { resolve } from "node:path";
import pc from "picocolors";
import { namedPath, shownPath } from "../../base/called-from";
import { type CaseResult, runCases } from "../../policies/cases/run";
import { dialectOf } from "../../policies/dialect";
import type { AccessRevision } from "../../review/model";
import { type LoadedCases, type LoadOptions, loadCases } from "../../review/policy-cases/load-cases";
import { isLines, readLines } from "../../review/policy-cases/read-lines";
import { policyNames } from "../../review/policy-files/names";
import { policyFiles } from "../../review/policy-files/policy-files";
import { bytesOf } from "../../review/policy-files/read-policy-file";
import { printable } from "../../review/render/printable";
import { counted } from "../../review/render/told";
import { withOwnDefault } from "../../review/sources/default-policy";
import { readWritten, type Written } from "../../review/written/written";
import { readInput } from "./input";
import { engineNotes } from "./subject";
import { block, MARKS, notesText } from "./terminal";

export interface TestOptions {
  readonly policy?: readonly string[];
  readonly from?: string;
  readonly as?: string;
  readonly engine?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** What became of one file. */
interface Outcome {
  readonly written: Written;
  readonly loaded: LoadedCases;
  readonly results: readonly CaseResult[];
  readonly seconds: number;
}

/** Past so many the rest says nothing new at a terminal; `--json` has them all. */
const SHOWN = 50;

/** A million cases and more; what Node can hold as one text. */
const MAX_BYTES = 500_000_000;

/** `strongroom policy test`: 0 when every case holds, 1 when one does not, 3 when nobody can tell. */
export async function testCommand(files: readonly string[], options: TestOptions): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const file of files) {
    const started = performance.now();
    const written = await readCases(file);
    const loaded = await loadCases(written, loading(options));
    const results = [...runCases(loaded.file, loaded.run)];
    outcomes.push({ written, loaded, results, seconds: (performance.now() - started) / 1000 });
  }
  process.stdout.write(
    options.json ? json(outcomes) : outcomes.map((each) => text(each, options.verbose === true)).join(""),
  );
  const failed = outcomes.some(({ results }) => results.some(({ passed }) => !passed));
  process.exitCode = failed ? 1 : outcomes.some(({ loaded }) => loaded.doubtful) ? 3 : 0;
}

/** Standard input and `.jsonl` hold a case a line, unless standard input is a whole file by its looks. */
async function readCases(word: string): Promise<Written> {
  const file = word === "-" ? "standard input" : namedPath(word);
  const bytes = word === "-" ? await readInput() : bytesOf(file, MAX_BYTES);
  const isBatch = /\.(jsonl|ndjson)$/.test(word) || (word === "-" && isLines(bytes.toString()));
  return isBatch ? readLines(new TextDecoder().decode(bytes), file) : readWritten(bytes, file);
}

function loading({ policy, from, as, engine }: TestOptions): LoadOptions {
  const engines = engine?.split(",").map((each) => each.trim());
  for (const each of engines ?? []) dialectOf(each);
  const files = policy && policyNames(policyFiles(policy.map(namedPath)));
  return {
    revision: readSource,
    ...(engines ? { engines } : {}),
    defaults: {
      ...(files ? { policies: Object.fromEntries([...files].map(([file, name]) => [name, { file }])) } : {}),
      ...(from === undefined ? {} : { from }),
      ...(as === undefined ? {} : { principal: as }),
    },
  };
}

async function readSource({
  environment,
  from,
  folder,
}: Parameters<LoadOptions["revision"]>[0]): Promise<AccessRevision> {
  const { revisionFrom } = await import("../read-revision");
  if (environment !== undefined) process.env.STRONGROOM_ENV = environment;
  const revision = await revisionFrom(from === undefined ? undefined : fileBeside(folder, from));
  return withOwnDefault(revision).revision;
}

function fileBeside(folder: string, word: string): string {
  const beside = resolve(folder, word);
  return existsSync(beside) ? beside : word;
}

function json(outcomes: readonly Outcome[]): string {
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

function text(outcome: Outcome, verbose: boolean): string {
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
  return [...loaded.notes, ...[...engines].flatMap(engineNotes)];
}
