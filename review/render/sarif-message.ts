/**
 * Plain text, in which braces stand for placeholders and `[text](address)` for a link unless they are escaped (3.11.5,
 * 3.11.6).
 */
export function message(text: string): { text: string } {
  return { text: text.replace(/[{}]/g, "$&$&").replaceAll("](", "\\](") };
}
