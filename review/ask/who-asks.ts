import { UsageError } from "../../base/errors";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { holderOfAll } from "./holders";
import { principalNamed } from "./principal-named";

/**
 * The one who asks: the principal of this name, or, where nobody is named and the source knows policies alone, whoever holds
 * all of them.
 * @throws UsageError when nobody is named and there are principals to choose from
 */
export function whoAsks(revision: AccessRevision, named: string | undefined): RevisionPrincipal {
  if (named !== undefined) return principalNamed(revision, named);
  if (revision.principals.length === 0) return holderOfAll(revision);
  const titles = revision.principals.map(({ title }) => `"${title}"`);
  const shown = titles.slice(0, 12).join(", ") + (titles.length > 12 ? ", …" : "");
  throw new UsageError(
    `${revision.label} has ${titles.length} principals; who asks is not said.`,
    `Name one of ${shown}, or ask everybody with policy who-can.`,
  );
}
