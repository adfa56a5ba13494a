import type { FindingParts } from "../finding-id";
import type { AccessRevision, Place } from "../model";
import { ownersOf } from "./owners";

/**
 * A finding of what nobody can tell: somebody has to look at it.
 * @param principals by name, where it is about some; of `revision`, which knows their titles and owners
 */
export function unknown(
  sentence: string,
  principals: readonly string[] | undefined,
  revision: AccessRevision,
  place: Place | undefined,
): FindingParts {
  const named = revision.principals.filter(({ name }) => principals?.includes(name));
  return {
    kind: "unknown",
    severity: "error",
    principals: principals ?? [],
    titles: (principals ?? []).map(
      (name) => named.find((principal) => principal.name === name)?.title ?? name,
    ),
    sentence,
    ...(place ? { place } : {}),
    owners: ownersOf(named),
  };
}
