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
  const wanted = new Set(principals);
  const named = new Map(
    revision.principals.flatMap((each) => (wanted.has(each.name) ? [[each.name, each]] : [])),
  );
  return {
    kind: "unknown",
    severity: "error",
    principals: principals ?? [],
    titles: (principals ?? []).map((name) => named.get(name)?.title ?? name),
    sentence,
    ...(place ? { place } : {}),
    owners: ownersOf([...named.values()]),
  };
}
