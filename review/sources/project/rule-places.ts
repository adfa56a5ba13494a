import type { Catalog, CatalogGrant } from "../../../catalog/catalog";
import type { Capability } from "../../../policies/capability";
import { accessOf, type Intent } from "../../../policies/intent";
import type { Place, RevisionPolicy } from "../../model";

/** Where each rule of the derived policies was granted; worked out once for a catalog. */
export class RulePlaces {
  /** By principal, then by the pattern of the rule: the first grant that made it, and the first of each capability. */
  readonly #places = new Map<string, Map<string, Granted>>();

  constructor(catalog: Catalog) {
    const versions = new Map(catalog.mounts.map(({ path, kv_version }) => [path, kv_version]));
    for (const grant of catalog.grants) {
      if (!grant.place) continue;
      const key = `${grant.principal_kind}/${grant.principal}`;
      const places = this.#places.get(key) ?? new Map<string, Granted>();
      this.#places.set(key, places);
      for (const { pattern, capabilities } of patternsOf(grant, versions.get(grant.mount) ?? 2)) {
        const granted: Granted = places.get(pattern) ?? { first: grant.place, by: {} };
        places.set(pattern, granted);
        for (const capability of capabilities) granted.by[capability] ??= grant.place;
      }
    }
  }

  /** For each rule of the policy that is derived for a principal. */
  of(
    policy: RevisionPolicy,
    principal: { readonly kind: string; readonly name: string },
  ): Pick<RevisionPolicy, "rulePlaces" | "capabilityPlaces"> {
    const places = this.#places.get(`${principal.kind}/${principal.name}`);
    const granted = policy.document.rules.map(({ path }) => places?.get(path));
    return {
      rulePlaces: granted.map((each) => each?.first),
      capabilityPlaces: granted.map((each) => each?.by),
    };
  }
}

interface Granted {
  readonly first: Place;
  readonly by: { [capability: string]: Place };
}

/** What a grant gives, and on which API paths, as constructs/derived-policy.ts writes them. */
export function patternsOf(
  { intent, mount, pattern, folders }: CatalogGrant,
  version: 1 | 2,
): { readonly pattern: string; readonly capabilities: readonly Capability[] }[] {
  return (accessOf(intent as Intent, version) ?? []).flatMap(({ area, at, capabilities }) =>
    (at === "folder" ? folders : [pattern]).map((below) => ({
      pattern: [mount, ...(area ? [area] : []), below].join("/"),
      capabilities,
    })),
  );
}
