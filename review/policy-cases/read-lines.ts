import { UsageError } from "../../base/errors";
import { isTooDeep, tooDeep } from "../written/depth";
import { readWritten, type Steps, type Written } from "../written/written";

/**
 * Cases in the batch form: JSON, one case a line. The first line may instead be a file of cases without its cases: the
 * engines, policies and principals that all of them share. Empty lines do not count.
 * @returns the same as a file of cases, with the places of the lines
 * @throws UsageError for a line that is not JSON
 */
export function readLines(text: string, file: string): Written {
  const lines = text.split(/\r?\n/);
  const cases: unknown[] = [];
  const numbers: number[] = [];
  let head: { readonly [key: string]: unknown } = {};
  let headLine = 1;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const value = objectOf(line, file, index + 1);
    if (cases.length === 0 && headLine === 1 && !("request" in value) && Object.keys(head).length === 0) {
      head = value;
      headLine = index + 1;
      continue;
    }
    cases.push(value);
    numbers.push(index + 1);
  }
  const place = (steps: Steps, of?: "key" | "value"): { line: number; column: number } => {
    const [first, index, ...rest] = steps;
    const line = first === "cases" ? (numbers[index as number] ?? headLine) : headLine;
    const inner = first === "cases" ? rest : steps;
    return { line, column: readWritten(lines[line - 1] ?? "", file).place(inner, of).column };
  };
  return { file, value: { ...head, cases: "cases" in head ? head.cases : cases }, place };
}

/** Whether a text is in the batch form: its first line is an object by itself, and more follows. */
export function isLines(text: string): boolean {
  const first = text.slice(0, text.indexOf("\n") + 1 || text.length).trim();
  if (!first.startsWith("{")) return false;
  try {
    const value: unknown = JSON.parse(first);
    return typeof value === "object" && value !== null && !("cases" in value);
  } catch {
    return false;
  }
}

function objectOf(line: string, file: string, number: number): { readonly [key: string]: unknown } {
  const value = parsed(line);
  // A line has at least as many characters as levels.
  if (line.length > 200 && isTooDeep(value)) throw tooDeep(`${file}:${number}  this line`);
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as { readonly [key: string]: unknown };
  throw new UsageError(`${file}:${number}  this line is no JSON object.`, "Write one case a line.");
}

/** `undefined` for what is not JSON: the parser's own message would repeat what is in the file. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
