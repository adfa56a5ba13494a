import type { Finding, Review, SideOfChange } from "../finding";
import type { Place } from "../model";

/**
 * The review with its places relative to the root of the repository, for a project that lies in a folder of it: code
 * hosts know no other root. Absolute places stay. `folder` is empty for a project at the root.
 */
export function rebasePlaces(review: Review, folder: string): Review {
  const prefix = folder.replace(/^\.\/|^\.$|\/+$/g, "");
  if (prefix === "") return review;
  const moved = (place: Place): Place =>
    place.file.startsWith("/") ? place : { ...place, file: `${prefix}/${place.file}` };
  const side = (decision: SideOfChange): SideOfChange =>
    decision.place ? { ...decision, place: moved(decision.place) } : decision;
  const finding = (one: Finding): Finding => ({
    ...one,
    ...(one.place ? { place: moved(one.place) } : {}),
    ...(one.declaredAt ? { declaredAt: moved(one.declaredAt) } : {}),
    ...(one.alsoAt ? { alsoAt: one.alsoAt.map(moved) } : {}),
    ...(one.access
      ? { access: { ...one.access, before: side(one.access.before), after: side(one.access.after) } }
      : {}),
  });
  return { ...review, findings: review.findings.map(finding) };
}
