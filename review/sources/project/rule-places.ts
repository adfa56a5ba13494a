import type { Catalog, CatalogGrant } from "../../../catalog/catalog";
import { accessOf, type Intent } from "../../../policies/intent";
import type { Place, RevisionPolicy } from "../../model";

/** Where each rule of the derived policies was granted; worked out once for a catalog. */
export class RulePlaces {
  /** By principal, then by the pattern of the rule: the first grant that made it. */
  readonly #places = new Map<string, Map<string, Place>>();

  constructor(catalog: Catalog) {
    const versions = new Map(catalog.mounts.map(({ path, kv_version }) => [path, kv_version]));
    for (const grant of catalog.grants) {
      if (!grant.place) continue;
      const key = `${grant.principal_kind}/${grant.principal}`;
      const places = this.#places.get(key) ?? new Map<string, Place>();
      this.#places.set(key, places);
      for (const pattern of patternsOf(grant, versions.get(grant.mount) ?? 2)) {
        if (!places.has(pattern)) places.set(pattern, grant.place);
      }
    }
  }

  /** For each rule of the policy that is derived for a principal. */
  of(
    policy: RevisionPolicy,
    principal: { readonly kind: string; readonly name: string },
  ): (Place | undefined)[] {
    const places = this.#places.get(`${principal.kind}/${principal.name}`);
    return policy.document.rules.map(({ path }) => places?.get(path));
  }
}

/** The API paths on which the grant needs something, as constructs/derived-policy.ts writes them. */
function patternsOf({ intent, mount, pattern, folders }: CatalogGrant, version: 1 | 2): string[] {
  return (accessOf(intent as Intent, version) ?? []).flatMap(({ area, at }) =>
    (at === "folder" ? folders : [pattern]).map((below) => [mount, ...(area ? [area] : []), below].join("/")),
  );
}
