import type { AccessList } from "./access-list";
import type { Pattern } from "./rank";

/**
 * What every path that the pattern matches begins with. Slashes at its ends are left out, because listing `a/` can be decided
 * by a rule for `a`, and requests have no slash in front.
 */
export function literalOf({ kind, text }: Pattern): string {
  let end = kind === "segment" ? text.indexOf("+") : text.length;
  while (end > 0 && text[end - 1] === "/") end--;
  let start = 0;
  while (start < end && text[start] === "/") start++;
  return text.slice(start, end);
}

/**
 * The patterns of which some path could match `region` too, by what they begin with: it may give one too many, and never one
 * too few. So what is asked of one region need not look at the rules of all others.
 */
export function patternsNear(region: Pattern, list: AccessList): Pattern[] {
  const literal = literalOf(region);
  return literalsOf(list).flatMap(({ pattern, literal: other }) =>
    (other.length < literal.length ? literal.startsWith(other) : other.startsWith(literal)) ? [pattern] : [],
  );
}

interface LiteralPattern {
  readonly pattern: Pattern;
  readonly literal: string;
}

const LITERALS = new WeakMap<AccessList, readonly LiteralPattern[]>();

/** Once for each list: it is asked about many regions. */
function literalsOf(list: AccessList): readonly LiteralPattern[] {
  let literals = LITERALS.get(list);
  if (!literals) {
    literals = list.rules().map(({ pattern }) => ({ pattern, literal: literalOf(pattern) }));
    LITERALS.set(list, literals);
  }
  return literals;
}
