import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { printEngineId } from "../base/engine-id";
import { OperationalError } from "../base/errors";
import { hasCustody, readCustody } from "../bootstrap/custody";
import { readIdentity } from "../bootstrap/identity";
import { placesOf } from "../bootstrap/places";
import { givenToken } from "../engine/given-token";
import { readHealth } from "../engine/health";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import type { ServerAccess } from "../review/sources/options";

/**
 * How a live server is reached: the environment's own at its address, any other at the one that is given. The token is
 * BAO_TOKEN or VAULT_TOKEN; else, for the environment's own server, the one in custody; else what `bao login`,
 * `vault login` or `strongroom login` left in ~/.vault-token. Certificates: BAO_CACERT or VAULT_CACERT.
 */
export async function serverAccess(address?: string): Promise<ServerAccess> {
  const { env } = process;
  const caFile = env.BAO_CACERT || env.VAULT_CACERT;
  const ca = caFile ? { caFile } : {};
  const given = givenToken();
  if (address !== undefined) {
    return {
      address: originOf(address),
      token: given || storedToken() || (await missing(address, ca)),
      ...ca,
    };
  }
  const deployment = resolveDeployment(environmentNamed());
  const token = given || (await custodyToken(deployment.instance)) || storedToken();
  return {
    address: deployment.address,
    token: token || (await missing(deployment.address, ca)),
    engine: printEngineId(deployment.engine),
    ...ca,
  };
}

/** To issue one with fewer rights would be a write, and whoever looks must not write. It serves GET and LIST alone. */
async function custodyToken(instance: string): Promise<string | undefined> {
  const places = placesOf(instance);
  return hasCustody(places) ? (await readCustody(places, await readIdentity())).root_token : undefined;
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

/** Without a server to ask, a token would be of no use: that is said first. */
async function missing(address: string, ca: { readonly caFile?: string }): Promise<never> {
  const { state, reason } = await readHealth(address, ca);
  if (state === "unreachable") {
    throw new OperationalError(
      `No server answers at ${address} (${reason}).`,
      "Start it with `npm start`, or check its address.",
    );
  }
  throw new OperationalError(
    `There is no token for ${address}.`,
    "Set BAO_TOKEN or VAULT_TOKEN to one with the reviewer's policy: `strongroom policy print reviewer`.",
  );
}
