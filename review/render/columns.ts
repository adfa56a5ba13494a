/** Columns that a text takes on a terminal: none for marks that stand on a letter, two for East Asian letters and emoji. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]/u;

/** The text with spaces behind it, so that it takes so many columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/**
 * The text in lines of at most so many columns. Lines end at spaces; a word that is longer than a line, which only paths
 * are, ends behind a slash, and a piece without one stands whole even where it is too long.
 */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (columnsOf(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = segmentLines(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** Parts with a sign between them in lines of at most so many columns; only a part that is longer than a line is broken. */
export function unbroken(parts: readonly string[], sign: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, part] of parts.entries()) {
    const text = index < parts.length - 1 ? part + sign : part;
    const joined = line === "" ? text : `${line} ${text}`;
    if (columnsOf(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = wrapped(text, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

function segmentLines(word: string, columns: number): string[] {
  if (columnsOf(word) <= columns) return [word];
  const lines: string[] = [];
  let line = "";
  for (const segment of word.match(/[^/]*\/|[^/]+/g) ?? []) {
    if (line !== "" && columnsOf(line + segment) > columns) {
      lines.push(line);
      line = "";
    }
    line += segment;
  }
  return [...lines, line];
}
