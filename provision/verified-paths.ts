import type { Catalog, CatalogGrant } from "../catalog/catalog";
import { covers, intersect } from "../policies/overlap";

/** One API path that the server is asked about. */
export interface VerifiedPath {
  readonly mount: string;
  readonly area: string;
  /** Below the mount and the area; ends in a slash for a folder. */
  readonly below: string;
  /** The whole path, as the server is asked. */
  readonly api: string;
}

/**
 * How much is asked. `values` is the way to the values of every declared secret, and every other way to those that the
 * principal is granted something on; `everything` is every way to every secret. An engine takes a third of a millisecond for
 * each, so `up` asks for values and `verify` for everything.
 */
export type Depth = "values" | "everything";

/** KV v2's ways to a secret, the values first. */
const AREAS = ["data", "metadata", "delete", "undelete", "destroy", "subkeys"];

/** Stands for the members of a family that nobody has named; a name that no team would choose. */
const ANY_MEMBER = "strongroom-verification";

/** What a principal with these grants is asked about: declared secrets, members of families, and the folders they lie in. */
export function verifiedPaths(
  catalog: Catalog,
  grants: readonly CatalogGrant[],
  depth: Depth,
): VerifiedPath[] {
  const versions = new Map(catalog.mounts.map(({ path, kv_version }) => [path, kv_version]));
  const found = new Map<string, VerifiedPath>();
  for (const { mount, path } of declaredPaths(catalog)) {
    const granted = grants.some((grant) => grant.mount === mount && covers(grant.pattern, path));
    const ways = waysTo(path, versions.get(mount) ?? 2);
    for (const [area, below] of depth === "everything" || granted ? ways : ways.slice(0, 1)) {
      const api = `${mount}/${area === "" ? "" : `${area}/`}${below}`;
      found.set(api, { mount, area, below, api });
    }
  }
  return [...found.values()];
}

/** Area and path below it, the values first. */
function waysTo(path: string, version: 1 | 2): [string, string][] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  if (version === 1)
    return [
      ["", path],
      ["", folder],
    ];
  return [...AREAS.map((area): [string, string] => [area, path]), ["metadata", folder]];
}

/** Secrets as they are; of families, one member for each region that some grant treats differently. */
function declaredPaths(catalog: Catalog): { mount: string; path: string }[] {
  const members = catalog.families.flatMap(({ mount, template }) => {
    const pattern = template.replaceAll(/\{[^}]+\}/g, "+");
    const regions = catalog.grants.flatMap((grant) => {
      const region = grant.mount === mount ? intersect(pattern, grant.pattern) : undefined;
      return region === undefined ? [] : [region];
    });
    return [pattern, ...regions].map((region) => ({ mount, path: memberOf(region) }));
  });
  return [...catalog.secrets, ...members];
}

function memberOf(region: string): string {
  return region
    .split("/")
    .map((segment) => (segment === "+" ? ANY_MEMBER : segment))
    .join("/");
}
