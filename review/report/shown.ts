/**
 * A name with what cannot be seen made visible: controls, marks that turn the direction of writing, and characters without
 * width could make one name look like another. `a\u202eb` becomes `a⟨202E⟩b`.
 */
export function shown(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

// Controls but tab and line feed; format characters; line and paragraph separators; unpaired halves of pairs.
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?![\t\n])\p{Cc}/gu;
