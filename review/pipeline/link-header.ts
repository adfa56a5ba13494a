/** The address with `rel="next"` of a Link header (RFC 8288), if there is one. */
export function nextPage(header: string | null): string | undefined {
  for (const [, address, parameters = ""] of (header ?? "").matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel="?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:[;,]|$)/i.test(parameters)) return address;
  }
  return undefined;
}
