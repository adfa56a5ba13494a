import type { Catalog, CatalogGrant, CatalogPrincipal } from "../../../catalog/catalog";
import { accessOf, type Intent } from "../../../policies/intent";
import type { Place, RevisionPolicy } from "../../model";

/** For each rule of a derived policy the grant that it is made of: the first one with its pattern. */
export function rulePlaces(
  policy: RevisionPolicy,
  principal: CatalogPrincipal,
  catalog: Catalog,
): (Place | undefined)[] {
  const places = new Map<string, Place>();
  for (const grant of catalog.grants) {
    if (grant.principal !== principal.name || grant.principal_kind !== principal.kind || !grant.place)
      continue;
    for (const pattern of patternsOf(grant, catalog)) {
      if (!places.has(pattern)) places.set(pattern, grant.place);
    }
  }
  return policy.document.rules.map(({ path }) => places.get(path));
}

/** The API paths on which the grant needs something, as constructs/derived-policy.ts writes them. */
function patternsOf({ intent, mount, pattern, folders }: CatalogGrant, catalog: Catalog): string[] {
  const version = catalog.mounts.find(({ path }) => path === mount)?.kv_version ?? 2;
  return (accessOf(intent as Intent, version) ?? []).flatMap(({ area, at }) =>
    (at === "folder" ? folders : [pattern]).map((below) => [mount, ...(area ? [area] : []), below].join("/")),
  );
}
