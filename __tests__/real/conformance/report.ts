import pc from "picocolors";
import type { Mismatch } from "./oracle";

export interface ConformanceReport {
  readonly engine: string;
  readonly seed: number;
  /** RFC 3339. */
  readonly started: string;
  readonly seconds: number;
  readonly decisions: number;
  readonly surfaces: Readonly<Record<string, number>>;
  readonly oracles: Readonly<Record<string, number>>;
  readonly mismatches: readonly Mismatch[];
}

/** How far a run is: one line that is written over on a terminal, a line every half minute elsewhere. */
export class Progress {
  readonly #started = Date.now();
  #said = Date.now();

  constructor(
    readonly engine: string,
    readonly wanted: number,
    readonly shown: boolean,
  ) {}

  show(done: number, mismatches: number): void {
    const terminal = process.stderr.isTTY;
    if (!this.shown || Date.now() - this.#said < (terminal ? 200 : 30_000)) return;
    this.#said = Date.now();
    const rate = Math.round((done / (this.#said - this.#started)) * 1000);
    const percent = Math.min(100, Math.floor((done / this.wanted) * 100));
    const line = `${this.engine}  ${count(done)} of ${count(this.wanted)} decisions (${percent}%) · ${count(rate)} a second · ${told(mismatches)}`;
    process.stderr.write(terminal ? `\r\u001b[K${line}` : `${line}\n`);
  }

  clear(): void {
    if (this.shown && process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  }
}

/** The report in lines: what was asked, through what, by which oracle, and each disagreement with the way to see it again. */
export function reportLines(report: ConformanceReport): string[] {
  const { engine, seed, started, seconds, decisions, mismatches } = report;
  const verdict = mismatches.length === 0 ? pc.green(`✔ ${told(0)}`) : pc.red(`✗ ${told(mismatches.length)}`);
  return [
    `${pc.bold(engine)} · ${count(decisions)} decisions in ${seconds} s · seed ${seed} · ${started} · ${verdict}`,
    "",
    "  asked through",
    ...table(report.surfaces),
    "",
    "  by oracle",
    ...table(report.oracles),
    ...mismatches.flatMap((each) => [
      "",
      `  ✗ ${each.oracle} (seed of the round ${each.seed})`,
      `  ${each.difference.replaceAll("\n", "\n  ")}`,
      `  case   ${each.counterexample}`,
    ]),
    "",
  ];
}

function table(rows: Readonly<Record<string, number>>): string[] {
  const names = Object.keys(rows);
  const [wide, long] = [names, Object.values(rows).map(count)].map((texts) =>
    Math.max(...texts.map((text) => text.length)),
  ) as [number, number];
  return names.map((name) => `    ${name.padEnd(wide)}  ${count(rows[name] ?? 0).padStart(long)}`);
}

function told(mismatches: number): string {
  return mismatches === 1 ? "1 mismatch" : `${mismatches === 0 ? "no" : mismatches} mismatches`;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}
