import { distance } from "../../policies/language/spelling";

/** The one of `known` that somebody may have meant: the same but for case, a part of it, or a slip of two letters. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const all = [...known];
  return (
    all.find((each) => each.toLowerCase() === lower) ??
    all.find((each) => distance(each.toLowerCase(), lower) <= 2) ??
    (lower.length > 2 ? all.find((each) => each.toLowerCase().includes(lower)) : undefined)
  );
}

/** `Did you mean x?`, or what there is to choose from, cut to a line. */
export function didYouMean(word: string, known: readonly string[], none = "There is none."): string {
  const near = nearest(word, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (known.length === 0) return none;
  const some = known.slice(0, 12).join(", ");
  return `Use one of: ${some}${known.length > 12 ? `, … (${known.length} in all)` : ""}.`;
}
