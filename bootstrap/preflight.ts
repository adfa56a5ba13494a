import { dirname } from "node:path";
import { homeDirectory } from "../base/places";
import { type AgeIdentity, openSealed, sealTo } from "./age";
import { hasCustody, readCustody } from "./custody";
import { ensureIdentity, readIdentity } from "./identity";
import { withInstanceLock } from "./lock";
import { type InstancePlaces, placesOf } from "./places";
import { ensurePrivateDirectory } from "./private-files";
import { type BootstrapRequest, sharesOf } from "./request";
import { ReservedFile } from "./reserved-file";

/**
 * Everything that could make an init lose its keys, proved before anything is created: the place of custody takes a
 * real, synced write; the operator's identity seals and opens; a custody that exists opens with it. Needs no server.
 * @throws OperationalError saying what is wrong and how to put it right
 * @throws UsageError when the request itself cannot be met
 */
export async function preflight(request: BootstrapRequest): Promise<void> {
  sharesOf(request);
  const places = await ensurePlaces(request.instance);
  await withInstanceLock(places, request.signal, async () => {
    await operatorOf(places);
    if (!hasCustody(places)) await (await ReservedFile.create(places.reserve)).release();
  });
}

/** The instance's directory, private to the operator. */
export async function ensurePlaces(instance: string): Promise<InstancePlaces> {
  const places = placesOf(instance);
  await ensurePrivateDirectory(homeDirectory());
  await ensurePrivateDirectory(dirname(places.custody));
  return places;
}

/** The identity that holds this instance's custody, proved to work; made now if nothing is sealed yet. */
export async function operatorOf(places: InstancePlaces): Promise<AgeIdentity> {
  if (hasCustody(places)) {
    const identity = await readIdentity();
    await readCustody(places, identity);
    return identity;
  }
  const identity = await ensureIdentity();
  await openSealed(identity.path, await sealTo(identity.recipient, "proof"), identity);
  return identity;
}
