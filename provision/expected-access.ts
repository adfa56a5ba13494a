import type { Catalog, CatalogGrant } from "../catalog/catalog";
import type { Capability } from "../policies/capability";
import { accessOf, type Intent } from "../policies/intent";
import { covers } from "../policies/overlap";
import type { VerifiedPath } from "./verified-paths";

/** What a principal should be able to do on one API path. */
export interface ExpectedAt {
  /** Nothing at all where it is empty. */
  readonly capabilities: ReadonlySet<Capability>;
  /** What the server may add there without meaning anything that is not granted. */
  readonly tolerated: ReadonlySet<string>;
}

/** By API path. */
export type ExpectedAccess = ReadonlyMap<string, ExpectedAt>;

/**
 * What grants come to on each path, computed from the catalog and not from the policies that were made of it, so that a
 * mistake in the making shows.
 */
export function expectedAccess(
  catalog: Catalog,
  grants: readonly CatalogGrant[],
  paths: readonly VerifiedPath[],
): ExpectedAccess {
  return new Map(
    paths.map((path) => [
      path.api,
      { capabilities: capabilitiesAt(catalog, grants, path), tolerated: toleratedAt(catalog, grants, path) },
    ]),
  );
}

/** A folder's slash ends no secret's path: only listing happens there, whatever a wildcard for its members says besides. */
const NOT_IN_FOLDERS = new Set(["create", "read", "update", "patch", "delete"]);

/**
 * LIST of a folder is asked with its slash or without, so where listing `app/` is granted, `app` may answer `list` too
 * (policies/overlap.ts).
 */
function toleratedAt(
  catalog: Catalog,
  grants: readonly CatalogGrant[],
  path: VerifiedPath,
): ReadonlySet<string> {
  if (path.below.endsWith("/") || path.below === "") return NOT_IN_FOLDERS;
  const folder = { ...path, below: `${path.below}/` };
  return new Set([...capabilitiesAt(catalog, grants, folder)].filter((capability) => capability === "list"));
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
