/** Paths of which the last segment is a token, on servers that still take it there. */
const TOKEN_LAST = /^((?:.*\/)?auth\/token\/(?:lookup|renew|revoke|revoke-orphan)\/).+$/;
/** A token as engines write it now. */
const TOKEN = /(^|\/)(?:hv[sbr]\.|[sbr]\.)[A-Za-z0-9_-]{16,}(?=\/|$)/g;
const HASH = /hmac-sha256:[0-9a-f]+/g;

/** The path without what could be a token: it can be shown. */
export function maskedPath(path: string): string {
  return path.replace(TOKEN_LAST, "$1…").replace(TOKEN, "$1…").replace(HASH, "…");
}
