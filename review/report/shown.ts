import { UNPRINTABLE } from "../render/printable";

/**
 * A name with what cannot be seen made visible: controls, marks that turn the direction of writing, and characters without
 * width could make one name look like another. `a\u202eb` becomes `a⟨202E⟩b`. Tabs and ends of lines stay: texts of policies
 * have them.
 */
export function shown(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    if (character === "\t" || character === "\n") return character;
    const code = character.codePointAt(0) ?? 0;
    return `⟨${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}
