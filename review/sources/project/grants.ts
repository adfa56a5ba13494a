import type { Catalog } from "../../../catalog/catalog";
import type { Intent } from "../../../policies/intent";
import type { RevisionGrant } from "../../model";
import { patternsOf } from "./rule-places";

/** The grants behind derived policies, by principal; worked out once for a catalog. */
export class Grants {
  readonly #grants = new Map<string, RevisionGrant[]>();

  constructor(catalog: Catalog) {
    const versions = new Map(catalog.mounts.map(({ path, kv_version }) => [path, kv_version]));
    for (const grant of catalog.grants) {
      const key = `${grant.principal_kind}/${grant.principal}`;
      const grants = this.#grants.get(key) ?? [];
      this.#grants.set(key, grants);
      const needs = patternsOf(grant, versions.get(grant.mount) ?? 2);
      grants.push({
        intent: grant.intent as Intent,
        secret: `${grant.mount}/${grant.pattern}`,
        needs: needs.map(({ pattern, capabilities }) => ({ path: pattern, capabilities })),
        ...(grant.place ? { place: grant.place } : {}),
      });
    }
  }

  of({ kind, name }: { readonly kind: string; readonly name: string }): readonly RevisionGrant[] {
    return this.#grants.get(`${kind}/${name}`) ?? [];
  }
}
