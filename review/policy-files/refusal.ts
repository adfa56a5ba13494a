import { UsageError } from "../../base/errors";
import type { PolicyFinding } from "../../policies/language/finding";

/** More say nothing new. */
const MOST = 10;

/** A policy that no engine takes, and why. */
export interface Refused {
  readonly file: string;
  readonly findings: readonly PolicyFinding[];
}

/** The refusal of policies that no engine takes: every error with its place and what to write. */
export function refusalOf(refused: readonly Refused[]): UsageError {
  const errors = refused.flatMap(({ file, findings }) =>
    findings.filter(({ severity }) => severity === "error").map((finding) => ({ file, ...finding })),
  );
  const lines = errors
    .slice(0, MOST)
    .flatMap(({ file, span, reason, fix }) => [
      `${file}:${span.start.line}:${span.start.column}  ${reason}`,
      `  ${fix}`,
    ]);
  const left = errors.slice(MOST);
  const files = [...new Set(left.map(({ file }) => file))];
  const more = left.some(({ code }) => code === "too-many") ? "many" : left.length;
  const where = files.length === 1 ? files[0] : `${files.length} files`;
  if (left.length > 0) lines.push(`${where}  and ${more} more`, "  Correct these first.");
  return new UsageError(lines.slice(0, -1).join("\n"), (lines.at(-1) ?? "").trim());
}
