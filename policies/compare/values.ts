import type { ParameterValue } from "../rule";

/** The values that a rule names for a parameter: every one, none, or those that some pattern matches. */
export type Values = "every" | "none" | readonly ParameterValue[];

/** Whether every value in `narrow` is in `wide`. False also where that is not known. */
export function includesValues(wide: Values, narrow: Values): boolean {
  if (wide === "every" || narrow === "none") return true;
  if (wide === "none") return narrow !== "every" && narrow.every(matchesNothing);
  if (narrow === "every") return false;
  return narrow.every((value) => matchesNothing(value) || wide.some((pattern) => covers(pattern, value)));
}

/** A number of a policy equals no number of a request, which the engine holds in another type. */
function matchesNothing(value: ParameterValue): boolean {
  return typeof value === "number";
}

/** Whether every value that `narrow` matches is matched by `wide`: a `*` at either end is any text, one alone is itself. */
function covers(wide: ParameterValue, narrow: ParameterValue): boolean {
  if (typeof wide !== "string" || typeof narrow !== "string")
    return JSON.stringify(wide) === JSON.stringify(narrow);
  const [outer, inner] = [globOf(wide), globOf(narrow)];
  if (outer.open && outer.close) return inner.text.includes(outer.text);
  if (outer.open) return !inner.close && inner.text.endsWith(outer.text);
  if (outer.close) return !inner.open && inner.text.startsWith(outer.text);
  return !inner.open && !inner.close && inner.text === outer.text;
}

interface Glob {
  readonly text: string;
  /** Whether anything may go before the text, or behind it. */
  readonly open: boolean;
  readonly close: boolean;
}

function globOf(pattern: string): Glob {
  if (pattern.length < 2) return { text: pattern, open: false, close: false };
  const [open, close] = [pattern.startsWith("*"), pattern.endsWith("*")];
  return { text: pattern.slice(open ? 1 : 0, close ? -1 : undefined), open, close };
}
