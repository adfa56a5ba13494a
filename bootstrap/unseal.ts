import { ConflictError, OperationalError } from "../base/errors";
import { EngineClient } from "../engine/client";
import { EngineAnswerError } from "../engine/errors";
import { type Health, readHealth, waitForAnswer } from "../engine/health";
import { pause } from "../engine/pause";
import { forgetShares, giveShare, knowsLeader, readSealStatus } from "../engine/seal";
import { type Custody, hasCustody, readCustody } from "./custody";
import { readIdentity } from "./identity";
import { withInstanceLock } from "./lock";
import { keysAreNotHere } from "./ownership";
import { type InstancePlaces, placesOf } from "./places";
import { type BootstrapRequest, connection, stopIfAsked, waiting } from "./request";

/**
 * Waits for a server to answer and unseals it from custody; one that is unsealed already is left alone.
 * @throws OperationalError when it is not initialised, or custody does not open
 * @throws ConflictError when its keys are not in this custody
 */
export async function unseal(request: BootstrapRequest): Promise<{ health: Health; unsealed: boolean }> {
  const places = placesOf(request.instance);
  const health = await waitForAnswer(request.address, waiting(request));
  if (health.state === "uninitialised") {
    throw new OperationalError(
      `The server at ${request.address} is not initialised, so there is nothing to unseal.`,
      "Bring it up first: `strongroom up`.",
    );
  }
  if (health.state !== "sealed") return { health, unsealed: false };
  if (!hasCustody(places)) throw await keysAreNotHere(request.address, places);
  return withInstanceLock(places, request.signal, async () => {
    const custody = await readCustody(places, await readIdentity());
    const unsealed = await openServer(request, places, custody);
    return { health: await readHealth(request.address, connection(request)), unsealed };
  });
}

/** Gives the shares until the server opens, and waits until it serves. False when it was open already. */
export async function openServer(
  request: BootstrapRequest,
  places: InstancePlaces,
  custody: Custody,
): Promise<boolean> {
  const client = new EngineClient({ ...connection(request), timeoutMs: 60_000, connections: 1 });
  try {
    const status = await readSealStatus(client);
    if (status.type !== "shamir") throw sealedByItself(client.address, status.type);
    if (status.progress > 0) await forgetShares(client);
    if (status.sealed) await giveShares(client, places, custody);
    await waitUntilServing(client, request);
    return status.sealed;
  } finally {
    await client.close();
  }
}

/** Between unsealed and serving a node elects itself or finds its leader: tenths of a second, seconds in a cluster. */
export async function waitUntilServing(client: EngineClient, request: BootstrapRequest): Promise<void> {
  const end = performance.now() + (request.startDeadlineMs ?? 30_000);
  while (!(await knowsLeader(client))) {
    stopIfAsked(request.signal, "the server was active");
    if (performance.now() >= end) {
      throw new OperationalError(
        `The server at ${client.address} is unsealed, but has no active node.`,
        "Look at the server's log: in a cluster, more than half of the nodes must be up and unsealed.",
      );
    }
    await pause(50, request.signal);
  }
}

async function giveShares(client: EngineClient, places: InstancePlaces, custody: Custody): Promise<void> {
  for (const share of custody.shares) {
    const status = await giveShare(client, share).catch(async (error: unknown) => {
      if (!(error instanceof EngineAnswerError && error.status === 400)) throw error;
      await forgetShares(client).catch(() => undefined);
      throw new ConflictError(
        `The server at ${client.address} does not open with the keys in ${places.custody}: it was initialised by somebody else, or has another server's data.`,
        "Bring back its own data, or the custody that belongs to it. Nothing was changed.",
        { cause: error },
      );
    });
    if (!status.sealed) return;
  }
  throw new OperationalError(
    `The server at ${client.address} needs more shares than the ${custody.shares.length} in ${places.custody}.`,
    "Its shares were replaced since: bring the custody that holds the new ones.",
  );
}

function sealedByItself(address: string, type: string): OperationalError {
  return new OperationalError(
    `The server at ${address} is sealed by its own seal (${type}), which shares do not open.`,
    "Bring its seal's key or key service back: the server then unseals by itself.",
  );
}
