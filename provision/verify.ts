import pMap from "p-map";
import { VerdictError } from "../base/errors";
import type { Catalog, CatalogPrincipal } from "../catalog/catalog";
import { capabilitiesSelf } from "../engine/capabilities";
import type { EngineClient } from "../engine/client";
import { type ExpectedAccess, expectedAccess, type VerifiedPath, verifiedPaths } from "./expected-access";
import { withLoginAs } from "./login-as";

/** One system's share of the verification. */
export interface VerifiedSystem {
  readonly system: string;
  readonly principals: number;
  /** API paths that each of its principals was asked about: those of every system, its own and the others'. */
  readonly paths: number;
  /** Principals that hold a policy written by hand: asked for no less than they were granted, not for no more. */
  readonly atLeast: readonly string[];
}

/** One place where the server and the declaration disagree. */
export interface Difference {
  readonly principal: CatalogPrincipal;
  readonly path: string;
  readonly missing: readonly string[];
  readonly beyond: readonly string[];
}

/**
 * Logs in as every principal and asks the server what it may do on every declared secret (`sys/capabilities-self`, the
 * server's own evaluator), then compares with what the catalog declares. Whatever was issued for it is destroyed again.
 * @param admin a client whose token may issue secret ids and tokens
 * @throws VerdictError with the first differences, when there are any
 */
export async function verifyAccess(admin: EngineClient, catalog: Catalog): Promise<VerifiedSystem[]> {
  const paths = verifiedPaths(catalog);
  const found = await pMap(
    catalog.principals,
    (principal) => differencesOf(admin, catalog, principal, paths),
    { concurrency: 8 },
  );
  const differences = found.flat();
  if (differences.length > 0) throw disagreement(differences);
  return catalog.systems.map(({ name }) => {
    const principals = catalog.principals.filter((principal) => principal.system === name);
    const atLeast = principals
      .filter((principal) => principal.imported_policies.length > 0)
      .map((principal) => principal.name);
    return { system: name, principals: principals.length, paths: paths.length, atLeast };
  });
}

async function differencesOf(
  admin: EngineClient,
  catalog: Catalog,
  principal: CatalogPrincipal,
  paths: readonly VerifiedPath[],
): Promise<Difference[]> {
  const expected = expectedAccess(catalog, principal, paths);
  const actual = await withLoginAs(admin, principal, (client) =>
    capabilitiesSelf(client, [...expected.keys()]),
  );
  return compare(principal, expected, actual);
}

function compare(
  principal: CatalogPrincipal,
  expected: ExpectedAccess,
  actual: ReadonlyMap<string, readonly string[]>,
): Difference[] {
  const differences: Difference[] = [];
  for (const [path, wanted] of expected) {
    const held = new Set((actual.get(path) ?? []).filter((capability) => capability !== "deny"));
    const missing = [...wanted].filter((capability) => !held.has(capability));
    const beyond =
      principal.imported_policies.length > 0
        ? []
        : [...held].filter((capability) => !(wanted as ReadonlySet<string>).has(capability));
    if (missing.length > 0 || beyond.length > 0) differences.push({ principal, path, missing, beyond });
  }
  return differences;
}

const TOLD = 10;

function disagreement(differences: readonly Difference[]): VerdictError {
  const lines = differences.slice(0, TOLD).map(({ principal, path, missing, beyond }) => {
    const what = [
      missing.length > 0 ? `cannot ${missing.join(", ")}` : "",
      beyond.length > 0 ? `can also ${beyond.join(", ")}` : "",
    ].filter(Boolean);
    return `\n    ${principal.kind} ${principal.name} ${what.join(" and ")} ${path}`;
  });
  const more = differences.length > TOLD ? `\n    and ${differences.length - TOLD} more` : "";
  return new VerdictError(
    `The server answers differently from what is declared, in ${differences.length} places:${lines.join("")}${more}`,
    "Look for policies or roles that were changed on the server itself; `npm start` puts back what is declared, `default` is the operator's own.",
  );
}
