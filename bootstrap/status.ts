import { type Health, readHealth } from "../engine/health";
import { hasCustody } from "./custody";
import { identityPath } from "./identity";
import { type InitJournal, readJournal } from "./journal";
import { placesOf } from "./places";
import { type BootstrapRequest, connection } from "./request";

export interface BootstrapStatus {
  readonly health: Health;
  readonly custody: { readonly path: string; readonly present: boolean };
  readonly identityPath: string;
  /** An init that was begun and whose keys were not stored. */
  readonly interruptedInit: InitJournal | "unreadable" | undefined;
}

/** What there is, without changing or opening anything. */
export async function readStatus(request: BootstrapRequest): Promise<BootstrapStatus> {
  const places = placesOf(request.instance);
  const present = hasCustody(places);
  return {
    health: await readHealth(request.address, connection(request)),
    custody: { path: places.custody, present },
    identityPath: identityPath(),
    interruptedInit: present ? undefined : await readJournal(places),
  };
}
