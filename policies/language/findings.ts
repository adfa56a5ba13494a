import type { FindingCode, PolicyFinding } from "./finding";
import type { SourceText } from "./position";

/** Past this many errors, or warnings, the rest says nothing new. */
const MAX_FINDINGS = 200;

/** Gathers the findings of one document, in the order in which they are met. */
export class Findings {
  readonly list: PolicyFinding[] = [];
  #errors = 0;
  #warnings = 0;

  constructor(
    readonly source: SourceText,
    readonly isJson = false,
  ) {}

  /** Whether there are so many errors that reading on is useless. */
  get full(): boolean {
    return this.#errors >= MAX_FINDINGS;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  error(code: FindingCode, start: number, end: number, reason: string, fix: string): void {
    if (++this.#errors <= MAX_FINDINGS) this.#add("error", code, start, end, reason, fix);
  }

  warning(code: FindingCode, start: number, end: number, reason: string, fix: string): void {
    // Counted apart: however much is overlooked, an error is told.
    if (++this.#warnings <= MAX_FINDINGS) this.#add("warning", code, start, end, reason, fix);
  }

  /** In reading order, whatever order the passes ran in. */
  sorted(): PolicyFinding[] {
    return this.list.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  }

  #add(
    severity: "error" | "warning",
    code: FindingCode,
    start: number,
    end: number,
    reason: string,
    fix: string,
  ): void {
    const from = Math.min(start, this.source.text.length);
    const to = Math.min(Math.max(end, from), this.source.text.length);
    this.list.push({ code, severity, reason, fix, span: this.source.span(from, to) });
  }
}
