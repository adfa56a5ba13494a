import type { FindingCode, PolicyFinding } from "./finding";
import type { SourceText } from "./position";

/** Past this many errors, or warnings, the rest says nothing new. */
const MAX_FINDINGS = 200;

/** Gathers the findings of one document, in the order in which they are met. */
export class Findings {
  readonly list: PolicyFinding[] = [];
  readonly #met = { error: 0, warning: 0 };

  constructor(
    readonly source: SourceText,
    readonly isJson = false,
  ) {}

  /** Whether there are so many errors that reading on is useless. */
  get full(): boolean {
    return this.#met.error > MAX_FINDINGS;
  }

  get hasErrors(): boolean {
    return this.#met.error > 0;
  }

  /** Whether something of this kind was found. */
  has(code: FindingCode): boolean {
    return this.list.some((each) => each.code === code);
  }

  error(code: FindingCode, start: number, end: number, reason: string, fix: string): void {
    this.#count("error", code, start, end, reason, fix);
  }

  warning(code: FindingCode, start: number, end: number, reason: string, fix: string): void {
    // Counted apart: however much is overlooked, an error is told.
    this.#count("warning", code, start, end, reason, fix);
  }

  byteOrderMark(): void {
    const reason = "the document begins with a byte order mark, which the engine refuses";
    this.error("byte-order-mark", 0, 1, reason, "Save the file as UTF-8 without a byte order mark.");
  }

  /** In reading order, whatever order the passes ran in. */
  sorted(): PolicyFinding[] {
    return this.list.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  }

  #count(
    severity: "error" | "warning",
    code: FindingCode,
    start: number,
    end: number,
    reason: string,
    fix: string,
  ): void {
    const met = ++this.#met[severity];
    if (met <= MAX_FINDINGS) this.#add(severity, code, start, end, reason, fix);
    else if (met === MAX_FINDINGS + 1) {
      const more = `there are more than ${MAX_FINDINGS} ${severity}s; from here on they are not told`;
      this.#add(severity, "too-many", start, end, more, "Mend those before, and look again.");
    }
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
