import { applyFilter, type Filter } from "./filter";
import type { Matrix } from "./matrix";
import { PATH_SLOTS, SECRET_SLOTS } from "./parts";
import { columnsNamed, rowsNamed } from "./search";

/** Another question that somebody may have meant, with its words. */
export interface Suggestion {
  readonly words: string;
  readonly filter: Partial<Filter>;
}

/**
 * What to ask instead where nothing was found: less, or what was typed as the name of a secret is that of a principal, the
 * other way round, or something that one may do.
 */
export function suggestionsFor(matrix: Matrix, filter: Filter): Suggestion[] {
  const { secret, principal } = filter;
  const [typedSecret, typedPrincipal] = [secret.trim(), principal.trim()];
  const found = wider(matrix, filter);
  if (typedSecret !== "" && columnsNamed(matrix, typedSecret).length > 0)
    found.push({
      words: `Principals named “${typedSecret}”`,
      filter: { secret: "", principal: typedSecret },
    });
  if (typedPrincipal !== "" && rowsNamed(matrix, typedPrincipal).length > 0)
    found.push({
      words: `Secrets named “${typedPrincipal}”`,
      filter: { secret: typedPrincipal, principal: "" },
    });
  for (const [typed, cleared] of [
    [typedSecret, { secret: "" }],
    [typedPrincipal, { principal: "" }],
  ] as const)
    for (const part of typed === "" ? [] : partsNamed(typed))
      found.push({ words: `Who may ${part.words}`, filter: { ...cleared, may: part.id } });
  return found.slice(0, 4);
}

const WIDER: readonly (readonly [keyof Filter, string])[] = [
  ["show", "Changed or not"],
  ["system", "In all systems"],
  ["may", "Whatever they may do"],
];

/** Single questions without which something is found. */
function wider(matrix: Matrix, filter: Filter): Suggestion[] {
  return WIDER.filter(([key]) => filter[key] !== "")
    .map(([key, words]): Suggestion => ({ words, filter: { [key]: "" } }))
    .filter((suggestion) => {
      const { rows, columns } = applyFilter(matrix, { ...filter, ...suggestion.filter });
      return rows.length > 0 && columns.length > 0;
    });
}

/** The intents and capabilities that a word is a part of; of two with the same words, the one on secrets. */
function partsNamed(typed: string): { readonly id: string; readonly words: string }[] {
  const parts = [...SECRET_SLOTS, ...PATH_SLOTS].flatMap((slot) => slot.parts);
  const named = parts.filter(({ id, words }) => `${id} ${words}`.toLowerCase().includes(typed.toLowerCase()));
  return named.filter(({ words }, index) => named.findIndex((other) => other.words === words) === index);
}
