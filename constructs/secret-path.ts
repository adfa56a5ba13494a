import type { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";

/** Carries the reason into the compiler's message when a literal path cannot be right. */
interface PathProblem<Reason extends string> {
  readonly __problem: Reason;
}

/**
 * A path below a KV mount, checked by the compiler as far as a literal can be: `"database/postgres"`.
 * What it cannot see (a computed string, a mount's own name in front) `checkSecretPath` refuses at synthesis.
 */
export type SecretPath<P extends string> = P extends ""
  ? PathProblem<"a secret's path must not be empty">
  : P extends `/${string}`
    ? PathProblem<"a secret's path must not start with a slash">
    : P extends `${string}/`
      ? PathProblem<"a secret's path must not end with a slash">
      : P extends `${string}//${string}`
        ? PathProblem<"a secret's path must not hold an empty segment">
        : P extends `data/${string}` | `metadata/${string}`
          ? PathProblem<"KV v2 adds data/ and metadata/ itself">
          : P;

/**
 * Segments that the engines would read as something else: `.` and `..` are refused by OpenBao
 * (website/content/docs/release-notes: path segments), `+` and `*` are wildcards of policies.
 */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._@=-]+$/;

/** @throws DeclarationError naming the construct, what is wrong with the path and how to write it */
export function checkSecretPath(
  path: string,
  mount: string,
  construct: string,
  place?: DeclarationPlace,
): void {
  const refuse = (what: string, fix: string): never => {
    throw new DeclarationError(`${construct}: secret path "${path}" ${what}.`, fix, place);
  };
  if (path === "") refuse("is empty", 'Write the path below the mount, for example "database/postgres".');
  const prefixed = new RegExp(`^/?(${escapeRegExp(mount)}/)?(data|metadata)/`).exec(path);
  if (prefixed) {
    refuse(
      `starts with "${prefixed[2]}/" below its mount`,
      `KV v2 adds "${prefixed[2]}/" itself: write "${path.slice(prefixed[0].length)}".`,
    );
  }
  if (path.startsWith(`${mount}/`)) {
    refuse(
      "starts with the name of its mount",
      `The mount is known already: write "${path.slice(mount.length + 1)}".`,
    );
  }
  if (path.startsWith("/") || path.endsWith("/") || path.includes("//")) {
    refuse("has an empty segment", `Write "${path.split("/").filter(Boolean).join("/")}".`);
  }
  const bad = path.split("/").find((segment) => !SEGMENT.test(segment));
  if (bad !== undefined) {
    refuse(
      `has the segment "${bad}"`,
      "Use letters, digits and . _ - @ = in a segment; wildcards belong to families.",
    );
  }
}

function escapeRegExp(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
