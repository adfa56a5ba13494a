import type { Catalog, CatalogGrant, CatalogPrincipal } from "../catalog/catalog";
import type { Capability } from "../policies/capability";
import { accessOf, type Intent } from "../policies/intent";
import { covers, intersect } from "../policies/overlap";

/** What a principal should be able to do on each API path of each declared secret; an empty set stands for nothing at all. */
export type ExpectedAccess = ReadonlyMap<string, ReadonlySet<Capability>>;

/** KV v2's ways to a secret. All are asked about: what nobody was granted must be denied. */
const AREAS = ["data", "metadata", "delete", "undelete", "destroy", "subkeys"];

/** Stands for the members of a family that nobody has named; a name that no team would choose. */
const ANY_MEMBER = "strongroom-verification";

/**
 * What the catalog declares for one principal, computed from the grants and not from the policies that were made of them, so
 * that a mistake in the making shows.
 */
export function expectedAccess(
  catalog: Catalog,
  principal: CatalogPrincipal,
  paths: readonly VerifiedPath[],
): ExpectedAccess {
  const grants = catalog.grants.filter(
    (grant) => grant.principal === principal.name && grant.principal_kind === principal.kind,
  );
  return new Map(paths.map((path) => [path.api, capabilitiesAt(catalog, grants, path)]));
}

/** One API path that is asked about. */
export interface VerifiedPath {
  readonly mount: string;
  readonly area: string;
  /** Below the mount and the area; ends in a slash for a folder. */
  readonly below: string;
  /** The whole path, as the server is asked. */
  readonly api: string;
}

/** Every way to every declared secret, to one member of each family, and to the folders that they lie in. */
export function verifiedPaths(catalog: Catalog): VerifiedPath[] {
  const found = new Map<string, VerifiedPath>();
  for (const { mount, path } of declaredPaths(catalog)) {
    const version = catalog.mounts.find((each) => each.path === mount)?.kv_version;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const ways =
      version === 1
        ? [
            ["", path],
            ["", folder],
          ]
        : [...AREAS.map((area) => [area, path]), ["metadata", folder]];
    for (const [area = "", below = ""] of ways) {
      const api = [mount, area, below].filter((part, index) => index === 2 || part !== "").join("/");
      if (below !== "" || area !== "") found.set(api, { mount, area, below, api });
    }
  }
  return [...found.values()];
}

/** Secrets as they are; of families, one member for each region that some grant treats differently. */
function declaredPaths(catalog: Catalog): { mount: string; path: string }[] {
  const members = catalog.families.flatMap(({ mount, template }) => {
    const pattern = template.replaceAll(/\{[^}]+\}/g, "+");
    const regions = catalog.grants
      .filter((grant) => grant.mount === mount)
      .map((grant) => intersect(pattern, grant.pattern));
    return [pattern, ...regions.filter((region) => region !== undefined)].map((region) => ({
      mount,
      path: region
        .split("/")
        .map((segment) => (segment === "+" ? ANY_MEMBER : segment))
        .join("/"),
    }));
  });
  return [...catalog.secrets, ...members];
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
