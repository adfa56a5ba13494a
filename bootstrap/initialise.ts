import { printEngineId } from "../base/engine-id";
import { ConflictError, OperationalError } from "../base/errors";
import type { EngineClient } from "../engine/client";
import { EngineAnswerError, EngineSilentError } from "../engine/errors";
import { initialise, type NewKeys } from "../engine/seal";
import type { AgeIdentity } from "./age";
import { type Custody, storeCustody } from "./custody";
import { removeJournal, writeJournal } from "./journal";
import type { HeldLock } from "./lock";
import { initialisedElsewhere } from "./ownership";
import type { InstancePlaces } from "./places";
import { type BootstrapRequest, type Report, sharesOf, stopIfAsked } from "./request";
import { ReservedFile } from "./reserved-file";

/**
 * Initialises an empty server and stores its keys. The engine answers an init once, so everything that can fail is
 * tried before it is sent, and between its answer and the stored custody nothing is awaited but the storing.
 * @throws ConflictError when somebody else was faster
 */
export async function initialiseServer(
  client: EngineClient,
  request: BootstrapRequest,
  places: InstancePlaces,
  identity: AgeIdentity,
  lock: HeldLock,
  report: Report,
): Promise<Custody> {
  const split = sharesOf(request);
  const reserve = await ReservedFile.create(places.reserve);
  const startedAt = new Date().toISOString();
  const about = { address: client.address, engine: printEngineId(request.engine) };
  stopIfAsked(request.signal, "the server was initialised");
  lock.assertHeld();
  await writeJournal(places, { schema_version: 1, started_at: startedAt, ...about });
  report({ kind: "journal" });
  const keys = await initialiseOnce(client, request, places, reserve);
  const custody: Custody = {
    schema_version: 1,
    instance: places.instance,
    ...about,
    created_at: startedAt,
    threshold: split.threshold,
    shares: [...keys.shares],
    root_token: keys.rootToken,
  };
  try {
    report({ kind: "initialised", ...split });
  } finally {
    // Even if reporting fails (a closed terminal), the keys are stored first.
    await store(places, identity, custody, reserve);
  }
  report({ kind: "custody", path: places.custody, recipient: identity.recipient });
  await removeJournal(places);
  return custody;
}

async function initialiseOnce(
  client: EngineClient,
  request: BootstrapRequest,
  places: InstancePlaces,
  reserve: ReservedFile,
): Promise<NewKeys> {
  const { shares, threshold } = sharesOf(request);
  try {
    return await initialise(client, shares, threshold);
  } catch (error) {
    const refused = error instanceof EngineAnswerError && error.status === 400;
    const neverArrived = error instanceof EngineSilentError && !error.mayHaveArrived;
    // The journal stays only where the server may have made keys that were lost on the way.
    if (refused || neverArrived) await removeJournal(places);
    await reserve.release();
    if (refused && error.messages.some((words) => /already initiali[sz]ed/i.test(words))) {
      throw initialisedElsewhere(client.address, places);
    }
    throw error;
  }
}

async function store(
  places: InstancePlaces,
  identity: AgeIdentity,
  custody: Custody,
  reserve: ReservedFile,
): Promise<void> {
  try {
    await storeCustody(places, identity, custody, reserve);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") {
      throw new ConflictError(
        `${places.custody} came into being while the server was initialised: it was left as it is.`,
        "The new keys are lost and the server is still empty: wipe its data (`strongroom down --volumes`) and start again.",
        { cause },
      );
    }
    throw new OperationalError(
      `The server at ${custody.address} is initialised, but its keys could not be stored at ${places.custody}.`,
      "It is still empty: put the disk right, wipe the server's data (`strongroom down --volumes`) and start again.",
      { cause },
    );
  }
}
