import { UsageError } from "../../base/errors";
import { distance } from "../../policies/language/spelling";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { didYouMean } from "../written/nearest";
import { holdersOf } from "./holders";

/**
 * The principal that a person means: by title (`AppRole dotmac`), by name (`auth/approle/role/dotmac`), or by the last word of
 * either where only one has it (`dotmac`).
 * @throws UsageError when nobody or more than one is called so
 */
export function principalNamed(revision: AccessRevision, word: string): RevisionPrincipal {
  const holders = holdersOf(revision);
  const wanted = word.trim().toLowerCase();
  const exact = holders.filter(
    ({ name, title }) => title.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  if (exact[0]) return exact[0];
  const loose = holders.filter(({ name, title }) => lastWord(title) === wanted || lastWord(name) === wanted);
  if (loose.length === 1 && loose[0]) return loose[0];
  const titles = holders.map(({ title }) => title);
  if (loose.length > 1) {
    throw new UsageError(
      `"${word}" is the name of ${loose.length} principals of ${revision.label}.`,
      `Say which: ${loose.map(({ title }) => `"${title}"`).join(" or ")}.`,
    );
  }
  const near = holders.find(({ title }) => distance(lastWord(title), wanted) <= 2);
  throw new UsageError(
    `${revision.label} has no principal "${word}".`,
    near ? `Did you mean "${near.title}"?` : didYouMean(word, titles, "It has none at all."),
  );
}

function lastWord(text: string): string {
  return (text.split(/[ /]/).at(-1) ?? "").toLowerCase();
}
