import { OperationalError } from "../base/errors";
import { EngineClient } from "../engine/client";
import { type Health, readHealth, waitForAnswer } from "../engine/health";
import { type AdminToken, ensureAdminTokenLocked } from "./admin-token";
import { hasCustody, readCustody } from "./custody";
import { readIdentity } from "./identity";
import { initialiseServer } from "./initialise";
import { clearTraces } from "./journal";
import { type HeldLock, withInstanceLock } from "./lock";
import { custodyOfAnotherServer, keysAreNotHere } from "./ownership";
import type { InstancePlaces } from "./places";
import { ensurePlaces, operatorOf } from "./preflight";
import { type BootstrapRequest, connection, type Report, sharesOf, stopIfAsked, waiting } from "./request";
import { openServer, waitUntilServing } from "./unseal";

export interface BootstrapResult {
  readonly health: Health;
  /** What this run did; both false on a server that was ready. */
  readonly initialised: boolean;
  readonly unsealed: boolean;
  /** Where the keys are; on a server that somebody else unsealed there may be no file. */
  readonly custodyPath: string;
  readonly adminToken: AdminToken;
}

/**
 * Brings a server from whatever state it is in to initialised, unsealed and ready for Terraform, and changes
 * nothing on one that is. Safe to run again after any interruption, and several times at once.
 * @throws ConflictError when the server was initialised by somebody else, or custody belongs to another server
 * @throws OperationalError when the server does not answer, or keys could not be kept safe
 * @throws InterruptedError when `signal` aborted
 */
export async function bootstrap(
  request: BootstrapRequest,
  report: Report = () => {},
): Promise<BootstrapResult> {
  sharesOf(request);
  const places = await ensurePlaces(request.instance);
  return withInstanceLock(places, request.signal, async (lock) => {
    const { state } = await waitForAnswer(request.address, waiting(request));
    refuseDisasterRecovery(request, state);
    const initialised = state === "uninitialised";
    if (initialised) await initialiseAndStore(request, places, lock, report);
    const unsealed = initialised || state === "sealed";
    if (unsealed) await unsealFromCustody(request, places, report);
    else await confirmServing(request, report);
    stopIfAsked(request.signal, "the token for Terraform was made");
    const adminToken = await ensureAdminTokenLocked(request, places);
    report({ kind: "token", ...adminToken });
    const health = await readHealth(request.address, connection(request));
    return { health, initialised, unsealed, custodyPath: places.custody, adminToken };
  });
}

async function initialiseAndStore(
  request: BootstrapRequest,
  places: InstancePlaces,
  lock: HeldLock,
  report: Report,
): Promise<void> {
  if (hasCustody(places)) throw custodyOfAnotherServer(request.address, places);
  const identity = await operatorOf(places);
  report({ kind: "preflight" });
  const client = new EngineClient({ ...connection(request), connections: 1 });
  try {
    await initialiseServer(client, request, places, identity, lock, report);
  } finally {
    await client.close();
  }
}

async function unsealFromCustody(
  request: BootstrapRequest,
  places: InstancePlaces,
  report: Report,
): Promise<void> {
  if (!hasCustody(places)) throw await keysAreNotHere(request.address, places);
  const custody = await readCustody(places, await readIdentity());
  await clearTraces(places);
  stopIfAsked(request.signal, "the server was unsealed");
  await openServer(request, places, custody);
  report({ kind: "unsealed" });
}

async function confirmServing(request: BootstrapRequest, report: Report): Promise<void> {
  const client = new EngineClient({ ...connection(request), connections: 1 });
  try {
    await waitUntilServing(client, request);
  } finally {
    await client.close();
  }
  report({ kind: "unchanged" });
}

function refuseDisasterRecovery(request: BootstrapRequest, state: Health["state"]): void {
  if (state !== "disaster-recovery") return;
  throw new OperationalError(
    `The server at ${request.address} is a disaster-recovery secondary (472): it serves nothing until it is promoted.`,
    "Use the primary's address.",
  );
}
