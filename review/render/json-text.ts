import { UNPRINTABLE } from "./printable";

/** The value as indented JSON that is safe to show: control and bidi characters are written as escapes. */
export function jsonText(value: object): string {
  // Indentation has newlines of its own; within strings JSON has escaped them already.
  return `${JSON.stringify(value, null, 2).replace(UNPRINTABLE, (character) => (character === "\n" ? character : escaped(character)))}\n`;
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
