import { UNPRINTABLE } from "../render/printable";

/**
 * A name with what cannot be seen made visible: controls, ends of lines, marks that turn the direction of writing, and
 * characters without width could make one name look like another. `a\u202eb` becomes `a⟨202E⟩b`.
 */
export function shown(text: string): string {
  return text.replace(UNPRINTABLE, numbered);
}

/** The same for texts that have lines, such as rules of policies: tabs and ends of lines stay. */
export function shownLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) =>
    character === "\t" || character === "\n" ? character : numbered(character),
  );
}

function numbered(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
