import { UsageError } from "../../base/errors";

/** What tells a comment of ours from others: its first line. Not to be changed: comments that stand carry it. */
const MARKER = "strongroom-review";

/** The marker of a review, `<!-- strongroom-review -->`; with a key, `<!-- strongroom-review key -->`. */
export function markerOf(key = "default"): string {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(key) || key.includes("--")) {
    throw new UsageError(
      `The key of a review comment is ${JSON.stringify(key)}.`,
      "Use up to 64 letters, digits, dots, underscores and single hyphens.",
    );
  }
  return key === "default" ? `<!-- ${MARKER} -->` : `<!-- ${MARKER} ${key} -->`;
}

/** Whether a comment begins with the marker. */
export function bearsMarker(body: string, key?: string): boolean {
  return body.trimStart().startsWith(markerOf(key));
}
