/**
 * `npm run conformance`: asks a running engine as many questions as are wanted and holds the library against the answers.
 * Ends with 0 when they agree, 1 when they do not, 2 for an argument that is none, 3 when the engine does not run, 130 when it was
 * stopped before its end.
 */
import { parseArgs } from "node:util";
import { ENGINE_NAMES, type TestedEngine } from "../policies-engine";
import type { Oracle } from "./oracle";
import { oraclesFor } from "./oracles/all";
import { Progress, reportLines } from "./report";
import { runConformance } from "./run";
import { Stage } from "./stage";

const USAGE = `npm run conformance -- --decisions N [--engine openbao|vault] [--seed S] [--only TEXT] [--json]
  --decisions  how many questions to ask each engine, for example 100000
  --engine     ask only this one (both)
  --seed       a whole number; the same one asks the same questions (20260101)
  --only       the oracles with this text in their names, for example templates (all)
  --json       one JSON document instead of lines`;

interface Wanted {
  readonly decisions: number;
  readonly engines: readonly TestedEngine[];
  readonly seed: number;
  readonly only: string;
  readonly json: boolean;
}

class Misuse extends Error {}

/** Ctrl-C ends the run after its round: the engine is stopped, and what was asked by then is told. */
const stop = new AbortController();

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2));
  if (!wanted) return say(USAGE);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const reports = [];
  // An oracle may be for the other engine only.
  const engines = wanted.engines.filter((engine) => chosen(engine, wanted.only).length > 0);
  for (const engine of engines) if (!stop.signal.aborted) reports.push(await ask(engine, wanted));
  if (wanted.json) say(JSON.stringify({ schema_version: 1, runs: reports }, null, 2));
  if (reports.some(({ mismatches }) => mismatches.length > 0)) process.exitCode = 1;
  else if (stop.signal.aborted) process.exitCode = 130;
}

function readArguments(args: readonly string[]): Wanted | undefined {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { decisions: text, engine: text, seed: text, only: text, json: flag, help: flag };
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return undefined;
  if (values.decisions === undefined)
    throw new Misuse("--decisions is missing: write how many, for example 100000.");
  const engines = ENGINE_NAMES.filter(
    (each) => !values.engine || [each, each.split("@")[0]].includes(values.engine),
  );
  if (engines.length === 0)
    throw new Misuse(`--engine ${values.engine} is none that is tested: write ${ENGINE_NAMES.join(" or ")}.`);
  const only = values.only ?? "";
  if (!engines.some((engine) => chosen(engine, only).length > 0))
    throw new Misuse(`--only ${only} is in no oracle's name: write a part of one, for example templates.`);
  return {
    only,
    decisions: whole("decisions", values.decisions, 1),
    engines,
    seed: whole("seed", values.seed ?? "20260101", 0),
    json: values.json ?? false,
  };
}

function chosen(engine: TestedEngine, only: string): Oracle[] {
  return oraclesFor(engine).filter(({ name }) => name.includes(only));
}

function whole(name: string, text: string, least: number): number {
  const number = /^\d[\d_]*$/.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Misuse(`--${name} ${text} is no number: write a whole one from ${least} on, for example 100000.`);
}

async function ask(engine: TestedEngine, wanted: Wanted) {
  const started = new Date();
  const stage = await Stage.open(engine, true);
  const progress = new Progress(engine, wanted.decisions, !wanted.json);
  try {
    const { decisions, seed } = wanted;
    const { byOracle, mismatches } = await runConformance(stage, chosen(engine, wanted.only), {
      decisions,
      seed,
      stop: stop.signal,
      progress: (done, found) => progress.show(done, found),
    });
    const report = {
      engine,
      seed,
      started: started.toISOString(),
      seconds: Math.round((Date.now() - started.getTime()) / 1000),
      decisions: stage.total,
      surfaces: Object.fromEntries(stage.counts),
      oracles: Object.fromEntries(byOracle),
      mismatches,
    };
    progress.clear();
    if (!wanted.json) say(reportLines(report).join("\n"));
    return report;
  } finally {
    await stage.close();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const misused = error instanceof Misuse || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  process.stderr.write(misused ? `${message}\n  ${USAGE}\n` : `${message}\n`);
  process.exitCode = misused ? 2 : 3;
});
