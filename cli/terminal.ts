import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { shownPath } from "../base/called-from";
import type { RulePlace } from "../review/ask/rule-place";
import type { Place } from "../review/model";
import { columnsOf, wrapped } from "../review/render/columns";
import { printable } from "../review/render/printable";

/** `policies/app.hcl:3:6`, from where the person is. */
export function placeText(place: Place | undefined): string {
  if (!place) return "";
  const line = place.line === undefined ? "" : `:${place.line}`;
  const column = place.line === undefined || place.column === undefined ? "" : `:${place.column}`;
  return printable(shownPath(place.file)) + line + column;
}

/** Where rules stand: the first place, and how many more; the policy's name where there is no file. */
export function placesText(places: readonly RulePlace[]): string {
  const [first] = places;
  if (!first) return "";
  const where = first.place ? placeText(first.place) : `policy ${printable(first.policy)}`;
  return where + (places.length > 1 ? ` and ${places.length - 1} more` : "");
}

/** Rows under each other; columns as wide as their widest cell up to `widest`, the last one free. */
export function columns(rows: readonly (readonly string[])[], indent = "  ", widest = 60): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 0, Math.min(widest, shownColumns(cell)));
  const padded = (cell: string, index: number): string =>
    cell + " ".repeat(Math.max(0, (widths[index] ?? 0) - shownColumns(cell)) + 2);
  return rows.map((row) => (indent + row.map(padded).join("")).trimEnd());
}

/** Text in lines of the terminal's width: the first behind `first`, the others behind as many spaces. */
export function block(text: string, first: string): string[] {
  const width = shownColumns(first);
  const lines = wrapped(text, Math.max(30, terminalWidth() - width));
  return lines.map((line, index) => (index === 0 ? first : " ".repeat(width)) + line);
}

/** Columns of the terminal; 110 where there is none. */
export function terminalWidth(): number {
  return process.stdout.columns || 110;
}

/** The sign before each verdict: the colour is never the only thing that tells. */
export const MARKS = {
  allowed: pc.green("✔"),
  denied: pc.red("✗"),
  unknown: pc.yellow("?"),
} as const;

/** What stands below an answer and is not a part of it. */
export function notesText(notes: readonly string[]): string {
  return notes.map((note) => `${block(printable(note), ` ${pc.yellow("!")} `).join("\n")}\n`).join("");
}

/** Prints what `--json` asks for, with the version of its schema. */
export function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify({ schema_version: 1, ...value }, null, 2)}\n`);
}

/** Columns that a line takes, colour left out. */
export function shownColumns(text: string): number {
  return columnsOf(stripVTControlCharacters(text));
}
