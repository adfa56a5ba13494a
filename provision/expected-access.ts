import type { Catalog, CatalogGrant } from "../catalog/catalog";
import type { Capability } from "../policies/capability";
import { accessOf, type Intent } from "../policies/intent";
import { covers } from "../policies/overlap";
import type { VerifiedPath } from "./verified-paths";

/** What a principal should be able to do on each API path; an empty set stands for nothing at all. */
export type ExpectedAccess = ReadonlyMap<string, ReadonlySet<Capability>>;

/**
 * What grants come to on each path, computed from the catalog and not from the policies that were made of it, so that a
 * mistake in the making shows.
 */
export function expectedAccess(
  catalog: Catalog,
  grants: readonly CatalogGrant[],
  paths: readonly VerifiedPath[],
): ExpectedAccess {
  return new Map(paths.map((path) => [path.api, capabilitiesAt(catalog, grants, path)]));
}

function capabilitiesAt(
  catalog: Catalog,
  grants: readonly CatalogGrant[],
  path: VerifiedPath,
): Set<Capability> {
  const version = catalog.mounts.find((each) => each.path === path.mount)?.kv_version ?? 2;
  const capabilities = new Set<Capability>();
  for (const grant of grants.filter((each) => each.mount === path.mount)) {
    for (const access of accessOf(grant.intent as Intent, version) ?? []) {
      const patterns = access.at === "folder" ? grant.folders : [grant.pattern];
      if (access.area === path.area && patterns.some((pattern) => covers(pattern, path.below))) {
        for (const capability of access.capabilities) capabilities.add(capability);
      }
    }
  }
  return capabilities;
}
