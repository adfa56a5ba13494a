import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../base/errors";

/** What a spec turns out to name. */
export type Spec =
  | { readonly kind: "working-tree" }
  | { readonly kind: "nothing" }
  | { readonly kind: "server"; readonly address?: string }
  | { readonly kind: "file" | "folder"; readonly path: string; readonly label: string }
  | { readonly kind: "git"; readonly revision: string };

/**
 * Told apart by looking: see readRevision for the order.
 * @param folder the one that paths are relative to
 * @throws UsageError for an empty text: a variable that is not set would make a review compare the working tree with itself
 */
export function specOf(text: string | undefined, folder: string): Spec {
  if (text === undefined || text === ".") return { kind: "working-tree" };
  if (text.trim() === "")
    throw new UsageError("A source is named by an empty text.", "Name one, or `.` for the working tree.");
  if (text === "none") return { kind: "nothing" };
  if (text === "live") return { kind: "server" };
  if (/^https?:\/\//i.test(text)) return { kind: "server", address: text.replace(/\/+$/, "") };
  if (text.startsWith("git:")) return { kind: "git", revision: text.slice("git:".length) };
  const path = resolve(folder, text);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return { kind: "folder", path, label: text.replace(/\/+$/, "") };
  if (found) return { kind: "file", path, label: text };
  return { kind: "git", revision: text };
}
