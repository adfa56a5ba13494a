import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { printEngineId } from "../base/engine-id";
import { OperationalError } from "../base/errors";
import { hasCustody } from "../bootstrap/custody";
import { placesOf } from "../bootstrap/places";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { deploymentToken } from "../provision/deployment-token";
import type { ServerAccess } from "../review/sources/options";

/**
 * How a live server is reached: the environment's own at its address, any other at the one that is given. The token is
 * BAO_TOKEN or VAULT_TOKEN; else, for the environment's own server, the one that its keys give; else what `bao login`,
 * `vault login` or `strongroom login` left in ~/.vault-token. Certificates: BAO_CACERT or VAULT_CACERT.
 */
export async function serverAccess(address?: string): Promise<ServerAccess> {
  const { env } = process;
  const caFile = env.BAO_CACERT || env.VAULT_CACERT;
  const ca = caFile ? { caFile } : {};
  const given = env.BAO_TOKEN || env.VAULT_TOKEN;
  if (address !== undefined) {
    return { address: originOf(address), token: given || storedToken() || missing(address), ...ca };
  }
  const deployment = resolveDeployment(environmentNamed());
  const own = deployment.tokenFile !== undefined && hasCustody(placesOf(deployment.instance));
  const token = given || (own ? await deploymentToken(deployment) : storedToken());
  return {
    address: deployment.address,
    token: token || missing(deployment.address),
    engine: printEngineId(deployment.engine),
    ...ca,
  };
}

/** A server's address as people paste it, without the path of its pages or of its API. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}

function storedToken(): string | undefined {
  try {
    return readFileSync(join(homedir(), ".vault-token"), "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
}

function missing(address: string): never {
  throw new OperationalError(
    `There is no token for ${address}.`,
    "Set BAO_TOKEN or VAULT_TOKEN to one with the reviewer's policy: `strongroom policy print reviewer`.",
  );
}
