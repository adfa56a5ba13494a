/** A text in quotes, cut to what a person wants to read. */
export function quote(text: string): string {
  return JSON.stringify(cut(text));
}

/** At most so much of a text as a person wants to read in a sentence. */
export function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** How to correct a name that is not known. */
export function suggestion(word: string, known: ReadonlySet<string>): string {
  const near = [...known].find((name) => name === word.toLowerCase() || distance(name, word) <= 2);
  return near ? `Write ${near}.` : `Remove it; a rule knows ${[...known].join(", ")}.`;
}

/** Edits between two words, cut off for long ones: good enough to guess a spelling. */
export function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || b.length > 40) return 99;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + cost));
    }
    row = next;
  }
  return row[b.length] as number;
}
