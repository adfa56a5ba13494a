import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { namedPath } from "../../base/called-from";
import { runCases } from "../../policies/cases/run";
import { dialectOf } from "../../policies/dialect";
import type { AccessRevision } from "../../review/model";
import { caseFiles } from "../../review/policy-cases/case-files";
import { type LoadOptions, loadCases } from "../../review/policy-cases/load-cases";
import { isLines, readLines } from "../../review/policy-cases/read-lines";
import { policyNames } from "../../review/policy-files/names";
import { policyFiles } from "../../review/policy-files/policy-files";
import { bytesOf } from "../../review/policy-files/read-policy-file";
import { withOwnDefault } from "../../review/sources/default-policy";
import { readWritten, type Written } from "../../review/written/written";
import { readInput } from "./input";
import { type Outcome, outcomesJson, outcomeText } from "./test-text";

export interface TestOptions {
  readonly policy?: readonly string[];
  readonly from?: string;
  readonly as?: string;
  readonly engine?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** A million cases and more; what Node can hold as one text. */
const MAX_BYTES = 500_000_000;

/** `strongroom policy test`: 0 when every case holds, 1 when one does not, 3 when nobody can tell. */
export async function testCommand(files: readonly string[], options: TestOptions): Promise<void> {
  const outcomes: Outcome[] = [];
  for (const file of files.flatMap((word) => (word === "-" ? [word] : caseFiles(namedPath(word))))) {
    const started = performance.now();
    const written = await readCases(file);
    const loaded = await loadCases(written, loading(options));
    const results = [...runCases(loaded.file, loaded.run)];
    outcomes.push({ written, loaded, results, seconds: (performance.now() - started) / 1000 });
  }
  process.stdout.write(
    options.json
      ? outcomesJson(outcomes)
      : outcomes.map((each) => outcomeText(each, options.verbose === true)).join(""),
  );
  const failed = outcomes.some(({ results }) => results.some(({ passed }) => !passed));
  process.exitCode = failed ? 1 : outcomes.some(({ loaded }) => loaded.doubtful) ? 3 : 0;
}

/** Standard input and `.jsonl` hold a case a line, unless standard input is a whole file by its looks. */
async function readCases(word: string): Promise<Written> {
  const file = word === "-" ? "standard input" : word;
  const bytes = word === "-" ? await readInput(MAX_BYTES) : bytesOf(file, MAX_BYTES);
  const isBatch = /\.(jsonl|ndjson)$/.test(word) || (word === "-" && isLines(bytes.toString()));
  return isBatch ? readLines(new TextDecoder().decode(bytes), file) : readWritten(bytes, file);
}

function loading({ policy, from, as, engine }: TestOptions): LoadOptions {
  const engines = engine?.split(",").map((each) => each.trim());
  for (const each of engines ?? []) dialectOf(each);
  const files = policy && policyNames(policyFiles(policy.map(namedPath)));
  return {
    revision: (of) => readSource(of, engines?.[0]),
    ...(engines ? { engines } : {}),
    defaults: {
      ...(files ? { policies: Object.fromEntries([...files].map(([file, name]) => [name, { file }])) } : {}),
      ...(from === undefined ? {} : { from }),
      ...(as === undefined ? {} : { principal: as }),
    },
  };
}

async function readSource(
  { environment, from, folder }: Parameters<LoadOptions["revision"]>[0],
  engine: string | undefined,
): Promise<AccessRevision> {
  const { revisionFrom } = await import("../read-revision");
  // The choices of the command are read from the process; these are the file's.
  const { STRONGROOM_ENV, STRONGROOM_ENGINE } = process.env;
  if (environment !== undefined) process.env.STRONGROOM_ENV = environment;
  if (engine !== undefined) process.env.STRONGROOM_ENGINE = engine;
  try {
    const spec = from === undefined ? undefined : fileBeside(folder, from);
    return withOwnDefault(await revisionFrom(spec, engine === undefined ? {} : { engine })).revision;
  } finally {
    restore({ STRONGROOM_ENV, STRONGROOM_ENGINE });
  }
}

function restore(variables: { readonly [name: string]: string | undefined }): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

function fileBeside(folder: string, word: string): string {
  const beside = resolve(folder, word);
  return existsSync(beside) ? beside : word;
}
