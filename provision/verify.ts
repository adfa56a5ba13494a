import pMap from "p-map";
import { VerdictError } from "../base/errors";
import type { Catalog, CatalogPrincipal } from "../catalog/catalog";
import { capabilitiesSelf } from "../engine/capabilities";
import type { EngineClient } from "../engine/client";
import { compareAccess, type Difference } from "./compare-access";
import { expectedAccess } from "./expected-access";
import { withLoginAs } from "./login-as";
import { type Depth, verifiedPaths } from "./verified-paths";

/** One system's share of the verification. */
export interface VerifiedSystem {
  readonly system: string;
  readonly principals: number;
  /** How many answers of the server were compared. */
  readonly answers: number;
  /** Principals that hold a policy written by hand: asked for no less than they were granted, not for no more. */
  readonly atLeast: readonly string[];
}

/**
 * Logs in as every principal and asks the server what it may do on every declared secret (`sys/capabilities-self`, the
 * server's own evaluator), then compares with what the catalog declares. Whatever was issued for it is destroyed again.
 * @param admin a client whose token may issue secret ids and tokens
 * @throws VerdictError with the first differences, when there are any
 */
export async function verifyAccess(
  admin: EngineClient,
  catalog: Catalog,
  depth: Depth,
): Promise<VerifiedSystem[]> {
  const compared = await pMap(
    catalog.principals,
    (principal) => verifyPrincipal(admin, catalog, principal, depth),
    {
      concurrency: 8,
    },
  );
  const differences = compared.flatMap((each) => each.differences);
  if (differences.length > 0) throw disagreement(differences);
  return catalog.systems.map(({ name }) => {
    const own = compared.filter(({ principal }) => principal.system === name);
    return {
      system: name,
      principals: own.length,
      answers: own.reduce((sum, each) => sum + each.answers, 0),
      atLeast: own
        .filter(({ principal }) => principal.imported_policies.length > 0)
        .map(({ principal }) => principal.name),
    };
  });
}

async function verifyPrincipal(
  admin: EngineClient,
  catalog: Catalog,
  principal: CatalogPrincipal,
  depth: Depth,
) {
  const grants = catalog.grants.filter(
    (grant) => grant.principal === principal.name && grant.principal_kind === principal.kind,
  );
  const expected = expectedAccess(catalog, grants, verifiedPaths(catalog, grants, depth));
  const actual = await withLoginAs(admin, principal, (client) =>
    capabilitiesSelf(client, [...expected.keys()]),
  );
  return { principal, answers: expected.size, differences: compareAccess(principal, expected, actual) };
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
