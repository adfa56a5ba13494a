/** What a comment says, without its marks. */
export function commentText(raw: string): string {
  const text = raw.replaceAll("\r\n", "\n").replace(/\r$/, "");
  if (text.startsWith("/*")) {
    return text
      .slice(2, text.endsWith("*/") && text.length > 3 ? -2 : undefined)
      .split("\n")
      .map((line) => line.replace(/^\s*\* ?/, "").trim())
      .join("\n")
      .trim();
  }
  return text.replace(/^(#|\/\/) ?/, "");
}
