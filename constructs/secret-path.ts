import type { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";
import type { Problem } from "./problem";

/** Carries the reason into the compiler's message when a literal path cannot be right. */
interface PathProblem<Reason extends string> {
  readonly __problem: Reason;
}

/** What a secret's path and a family's template have in common. */
type PlainPath<P extends string> = P extends ""
  ? PathProblem<"a secret's path must not be empty">
  : P extends `/${string}`
    ? PathProblem<"a secret's path must not start with a slash">
    : P extends `${string}/`
      ? PathProblem<"a secret's path must not end with a slash">
      : P extends `${string}//${string}`
        ? PathProblem<"a secret's path must not hold an empty segment">
        : P extends `data/${string}` | `metadata/${string}`
          ? PathProblem<"KV v2 adds data/ and metadata/ itself">
          : P extends `${string}${"+" | "*"}${string}`
            ? PathProblem<"wildcards belong to families: project/{project}">
            : P;

/**
 * A path below a KV mount, checked by the compiler as far as a literal can be: `"database/postgres"`.
 * What it cannot see (a computed string, a mount's own name in front) `checkSecretPath` refuses at synthesis.
 */
export type SecretPath<P extends string> = P extends `${string}${"{" | "}"}${string}`
  ? PathProblem<"a path with parameters is a family: this.family(…)">
  : PlainPath<P>;

/** A family's template, checked in the same way: `"project/{project}/{name}"`. */
export type FamilyTemplate<T extends string> = string extends T
  ? T
  : T extends `${string}{${string}}${string}`
    ? HasCapital<T> extends true
      ? PathProblem<"parameters are lower case">
      : PlainPath<T>
    : PathProblem<"a family's template has a parameter in braces">;

type HasCapital<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name extends Lowercase<Name>
    ? HasCapital<Rest>
    : true
  : false;

/** A parameter of a family: a whole segment, in lower case. */
export const PARAMETER = /^\{([a-z][a-z0-9_]*)\}$/;

/** What a segment may hold. `+` and `*` are wildcards of policies, and OpenBao refuses `.` and `..`. */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._@=-]+$/;

/** What a path is checked by. */
export interface PathRules {
  /** The mount below which the path lies. */
  readonly mount: { readonly path: string; readonly version: 1 | 2 };
  /** Whether a segment may be a parameter. */
  readonly parameters: boolean;
}

/** @throws DeclarationError naming the construct, what is wrong with the path and how to write it */
export function checkSecretPath(
  path: string,
  { mount, parameters }: PathRules,
  construct: string,
  place: DeclarationPlace,
): void {
  const fault = faultOf(path, mount, parameters);
  if (!fault) return;
  const right = corrected(path, mount);
  const suggestion = right === path || right === "" ? "" : `: write "${right}"`;
  throw new DeclarationError(
    `${construct}: secret path "${path}" ${fault.what}.`,
    `${fault.fix}${suggestion}.`,
    place,
  );
}

type PathFault = Pick<Problem, "what" | "fix">;

function faultOf(path: string, mount: PathRules["mount"], parameters: boolean): PathFault | undefined {
  if (path === "") {
    return { what: "is empty", fix: 'Write the path below the mount, for example "database/postgres"' };
  }
  const added = prefixAddedByKv2(path, mount);
  if (added !== undefined) {
    return { what: `starts with "${added}/" below its mount`, fix: `KV v2 adds "${added}/" itself` };
  }
  if (path.startsWith(`${mount.path}/`)) {
    return { what: "starts with the name of its mount", fix: "The mount is known already" };
  }
  if (path.startsWith("/")) return { what: "starts with a slash", fix: SLASHES };
  if (path.endsWith("/")) return { what: "ends with a slash", fix: SLASHES };
  if (path.includes("//")) return { what: "has an empty segment", fix: SLASHES };
  const bad = path
    .split("/")
    .find((segment) => !(SEGMENT.test(segment) || (parameters && PARAMETER.test(segment))));
  return bad === undefined ? undefined : { what: `has the segment "${bad}"`, fix: fixOf(bad, parameters) };
}

const SLASHES = "Single slashes stand between segments, and nowhere else";

function fixOf(segment: string, parameters: boolean): string {
  if (/[{}]/.test(segment)) {
    return parameters
      ? "A parameter fills a whole segment, in lower case: {project}"
      : "A path with parameters is a family: declare it with this.family(…)";
  }
  if (/[+*]/.test(segment))
    return "Wildcards belong to families: write a parameter in braces, as in {project}";
  return "Use letters, digits and . _ - @ = in a segment, and not . or .. alone";
}

/** `data` or `metadata`, where somebody wrote the API's path instead of the secret's. */
function prefixAddedByKv2(path: string, mount: PathRules["mount"]): string | undefined {
  if (mount.version !== 2) return undefined;
  const bare = path.replace(/^\/+/, "");
  const below = bare.startsWith(`${mount.path}/`) ? bare.slice(mount.path.length + 1) : bare;
  return /^(data|metadata)\//.exec(below)?.[1];
}

/** The path without what does not belong in it: stray slashes, the mount's name, the API's own prefix. */
function corrected(path: string, mount: PathRules["mount"]): string {
  const clean = path.split("/").filter(Boolean).join("/");
  const below = `${clean}/`.startsWith(`${mount.path}/`) ? clean.slice(mount.path.length + 1) : clean;
  return mount.version === 2 ? below.replace(/^(data|metadata)(\/|$)/, "") : below;
}
