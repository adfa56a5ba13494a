/**
 * What no text of a policy may do to its reader: move a cursor, colour, turn the direction of reading, hide. Control and
 * format characters, line and paragraph separators, halves of pairs, and what is shown as nothing.
 */
export const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** The text on one line with everything in it visible: a newline becomes `\u{a}`, as escape sequences and bidi marks do. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, visible);
}

/** One character by its number: `\u{202e}`. */
export function visible(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** At most so many characters, with a sign that something is left out. Never cuts a pair in two. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}
