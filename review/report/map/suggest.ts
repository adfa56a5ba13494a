import type { Filter } from "./filter";
import type { Matrix } from "./matrix";
import { PATH_SLOTS, SECRET_SLOTS } from "./parts";
import { columnsNamed, rowsNamed } from "./search";

/** Another question that somebody may have meant, with its words. */
export interface Suggestion {
  readonly words: string;
  readonly filter: Partial<Filter>;
}

/** What to ask instead where nothing was found: a principal was typed as a secret, a secret as a principal, or what one may do. */
export function suggestionsFor(matrix: Matrix, { secret, principal }: Filter): Suggestion[] {
  const [typedSecret, typedPrincipal] = [secret.trim(), principal.trim()];
  const found: Suggestion[] = [];
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

/** The intents and capabilities that a word is a part of; of two with the same words, the one on secrets. */
function partsNamed(typed: string): { readonly id: string; readonly words: string }[] {
  const parts = [...SECRET_SLOTS, ...PATH_SLOTS].flatMap((slot) => slot.parts);
  const named = parts.filter(({ id, words }) => `${id} ${words}`.toLowerCase().includes(typed.toLowerCase()));
  return named.filter(({ words }, index) => named.findIndex((other) => other.words === words) === index);
}
