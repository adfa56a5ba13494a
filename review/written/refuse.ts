import { UsageError } from "../../base/errors";
import type { Mistake } from "./mistakes";
import type { Written } from "./written";

/** Refuses a written file for its mistakes, each with its line; does nothing when there is none. @throws UsageError */
export function refuse(written: Written, mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  const told = mistakes.map(({ steps, of, what, fix }) => {
    const { line, column } = written.place(steps, of);
    return { what: `${written.file}:${line}:${column}  ${what}.`, fix };
  });
  const lines = told.flatMap(({ what, fix }) => [what, `  ${fix}`]);
  throw new UsageError(lines.slice(0, -1).join("\n"), told.at(-1)?.fix ?? "");
}
