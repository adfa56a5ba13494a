/** The first texts that have room together. */
export function fitted(
  texts: readonly string[],
  room: number,
): { readonly text: string; readonly count: number } {
  let size = 0;
  let count = 0;
  for (const text of texts) {
    size += bytes(text);
    if (size > room) break;
    count++;
  }
  return { text: texts.slice(0, count).join(""), count };
}

/** How long a text is where its bytes are counted. */
export function bytes(text: string): number {
  return Buffer.byteLength(text);
}
