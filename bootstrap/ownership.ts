import { ConflictError, OperationalError, type StrongroomError } from "../base/errors";
import { readJournal } from "./journal";
import type { InstancePlaces } from "./places";

/** An initialised server whose keys are not here: initialised by somebody else, or by a run of ours that was cut off. */
export async function keysAreNotHere(address: string, places: InstancePlaces): Promise<StrongroomError> {
  const journal = await readJournal(places);
  if (journal === undefined) return initialisedElsewhere(address, places);
  const when = journal === "unreadable" ? "at an unknown time" : `at ${journal.started_at}`;
  const moved =
    journal !== "unreadable" && journal.address !== address ? ` (then at ${journal.address})` : "";
  return new OperationalError(
    `The server at ${address} is initialised and its keys are not here: a run of Strongroom sent the init ${when}${moved} and was cut off before it could store them (${places.journal}).`,
    "Nothing had been put in that server yet: wipe its data (`strongroom down --volumes`) and start again.",
  );
}

export function initialisedElsewhere(address: string, places: InstancePlaces): ConflictError {
  return new ConflictError(
    `The server at ${address} was already initialised by somebody else: its keys are not in ${places.directory}.`,
    `Get custody.age from whoever initialised it and put it at ${places.custody}, or use another address; if its data may go, wipe it (\`strongroom down --volumes\`) and start again.`,
  );
}

/** Custody exists and the server is empty: its volume was lost, or it is another server. Never initialised over. */
export function custodyOfAnotherServer(address: string, places: InstancePlaces): ConflictError {
  return new ConflictError(
    `The server at ${address} is not initialised, but custody of an earlier one exists at ${places.custody}: its data is lost or elsewhere.`,
    `Bring back the server's data. If it is gone for good, put the old keys aside: mv -n ${places.custody} ${places.custody}.old`,
  );
}
