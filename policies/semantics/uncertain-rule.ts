import { isDeep } from "./deep-pattern";
import { type MergedRule, type RuleSource, startRule } from "./merged-rule";
import { type Pattern, patternFor, writtenPattern } from "./rank";
import { directivesOf } from "./templates";

/** A templated rule whose value nobody knows: it may match a path, or not be there at all. */
export interface UncertainRule {
  readonly source: RuleSource;
  /** The rule as it would stand alone. */
  readonly merged: MergedRule;
  readonly directives: readonly string[];
  /** Whether some value of the templates makes the rule match this path. */
  readonly couldMatch: (path: string) => boolean;
}

/**
 * Where the engine keeps `/`, `*` and `+` out of templates, a directive stands for a part of one segment; elsewhere it may
 * be anything, and all that is known is what goes before the first one.
 */
export function uncertainRule(
  source: RuleSource,
  namespace: string,
  blocked: readonly string[] | undefined,
): UncertainRule {
  const confined = blocked !== undefined && ["/", "*", "+"].every((character) => blocked.includes(character));
  // The placeholder cannot occur in a path: the engine refuses null characters.
  const pattern = patternFor(source.rule.path.replace(/\{\{.*?\}\}/gs, "\0"), namespace);
  if (isDeep(pattern)) return { ...base(source, pattern), couldMatch: beginsLike(pattern.text) };
  const expression = confined
    ? confinedExpression(writtenPattern(pattern), pattern.kind === "segment")
    : headExpression(pattern.text);
  return {
    ...base(source, pattern),
    couldMatch: (path) => expression.test(path.replace(/^\/+/, "")),
  };
}

/**
 * Whether the rule may have a say in a decision about this path: for LIST and SCAN engines look for the path without its
 * slash as well.
 */
export function couldDecide({ couldMatch }: UncertainRule, path: string, listing: boolean): boolean {
  return couldMatch(path) || (listing && path.endsWith("/") && couldMatch(path.slice(0, -1)));
}

/** What a templated rule hangs on. */
export function dependsOn({ source, directives }: UncertainRule): string {
  return `path "${source.rule.path}" of policy ${source.policy} depends on ${directives.join(", ")}`;
}

function base(source: RuleSource, pattern: Pattern): Omit<UncertainRule, "couldMatch"> {
  return { source, merged: startRule(pattern, source), directives: directivesOf(source.rule.path) };
}

/** What is too long for an expression is told by its beginning alone: rather once too often than once too few. */
function beginsLike(pattern: string): (path: string) => boolean {
  const head = pattern.slice(0, pattern.search(/[\0+]/));
  return (path) => path.replace(/^\/+/, "").startsWith(head);
}

function confinedExpression(pattern: string, hasSegments: boolean): RegExp {
  const open = pattern.endsWith("*");
  const body = open ? pattern.slice(0, -1) : pattern;
  const segments = body.split("/").map((segment) => {
    if (segment === "+" && hasSegments) return "[^/]*";
    return segment.split("\0").map(quoteExpression).join("[^/]*");
  });
  return new RegExp(`^${segments.join("/")}${open ? "" : "$"}`, "su");
}

function headExpression(pattern: string): RegExp {
  const head = pattern.split("\0")[0] ?? "";
  const segments = head.split("/").map((segment) => (segment === "+" ? "[^/]*" : quoteExpression(segment)));
  return new RegExp(`^${segments.join("/")}`, "su");
}

function quoteExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
