import { UsageError } from "../../base/errors";
import type { PolicyFinding } from "../../policies/language/finding";

/** More say nothing new. */
const MOST = 10;

/** The refusal of a policy that no engine takes: every error with its place and what to write. */
export function refusalOf(findings: readonly PolicyFinding[], file: string): UsageError {
  const errors = findings.filter(({ severity }) => severity === "error");
  const lines = errors
    .slice(0, MOST)
    .flatMap(({ span, reason, fix }) => [
      `${file}:${span.start.line}:${span.start.column}  ${reason}`,
      `  ${fix}`,
    ]);
  const more = errors.some(({ code }) => code === "too-many") ? "many" : errors.length - MOST;
  if (errors.length > MOST) lines.push(`${file}  and ${more} more`, "  Correct these first.");
  return new UsageError(lines.slice(0, -1).join("\n"), (lines.at(-1) ?? "").trim());
}
