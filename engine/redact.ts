/**
 * The engine's words without anything that was sent: some of its messages repeat a field's value. Texts of one or
 * two characters stay, as no message could be read without them.
 */
export function redact(message: string, token: string | undefined, body: unknown): string {
  const sent = [...(token === undefined ? [] : [token]), ...leaves(body)].filter((text) => text.length > 2);
  const spellings = sent.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  return spellings
    .sort((a, b) => b.length - a.length)
    .reduce((words, text) => words.replaceAll(text, "[redacted]"), message);
}

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(leaves);
}
