/** Without `-` the text stays as it is, with `-` the indentation of the last line is taken off if every line has it. */
export function heredocValue(body: string, lastIndent: string, unindent: boolean): string {
  const text = body.replaceAll("\r\n", "\n");
  if (!unindent) return text + lastIndent;
  const lines = text.split("\n");
  lines[lines.length - 1] = lastIndent;
  if (!lines.every((line) => line.startsWith(lastIndent)))
    return `${text}${lastIndent}`.replace(/[ \t]+$/, "");
  return lines
    .map((line, index) => (index === lines.length - 1 ? "" : line.slice(lastIndent.length)))
    .join("\n");
}
