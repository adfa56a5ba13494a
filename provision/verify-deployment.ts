import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { counted } from "../base/words";
import type { Catalog } from "../catalog/catalog";
import { EngineClient } from "../engine/client";
import type { Deployment } from "../stacks/deployment";
import { deploymentToken } from "./deployment-token";
import type { Depth } from "./verified-paths";
import { type VerifiedSystem, verifyAccess } from "./verify";

/** What verification comes to, in words: one line in all, and one for each system. */
export interface Verification {
  readonly text: string;
  readonly lines: readonly string[];
}

/**
 * Verifies a deployment against its catalog.
 * @param catalog @default the one that was synthesized last
 * @throws VerdictError when the server answers differently from what is declared
 */
export async function verifyDeployment(
  deployment: Deployment,
  depth: Depth,
  catalog?: Catalog,
): Promise<Verification> {
  const declared =
    catalog ?? (JSON.parse(await readFile(join("cdktf.out", "catalog.json"), "utf8")) as Catalog);
  const client = new EngineClient({
    address: deployment.address,
    token: await deploymentToken(deployment),
    connections: 8,
  });
  try {
    const systems = await verifyAccess(client, declared, depth);
    const { principals, secrets, families } = declared;
    const size = `${counted(principals.length, "principal")} x ${counted(secrets.length + families.length, "secret")}`;
    return { text: `${size}: the server answers as declared`, lines: systems.map(describe) };
  } finally {
    await client.close();
  }
}

function describe({ system, principals, answers, atLeast }: VerifiedSystem): string {
  const byHand =
    atLeast.length > 0 ? ` (at least: ${atLeast.join(", ")} also holds a policy written by hand)` : "";
  return `${system}: ${counted(principals, "principal")}, ${answers} answers as declared${byHand}`;
}
