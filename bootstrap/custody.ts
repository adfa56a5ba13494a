import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { OperationalError } from "../base/errors";
import { type AgeIdentity, openSealed, sealTo } from "./age";
import type { InstancePlaces } from "./places";
import { readPrivateFile, syncDirectory } from "./private-files";
import type { ReservedFile } from "./reserved-file";

/** What custody holds. It exists in plain text in memory only, and is never printed. */
export type Custody = v.InferOutput<typeof CustodySchema>;

const CustodySchema = v.strictObject({
  schema_version: v.literal(1),
  instance: v.string(),
  /** `openbao@2.7.2`, as it was at the init. */
  engine: v.string(),
  address: v.string(),
  created_at: v.pipe(v.string(), v.isoTimestamp()),
  /** How many of the shares open the server. */
  threshold: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The unseal shares, base64. */
  shares: v.pipe(v.array(v.string()), v.minLength(1)),
  root_token: v.string(),
});

export function hasCustody(places: InstancePlaces): boolean {
  return existsSync(places.custody);
}

/**
 * Opens custody with the operator's identity.
 * @throws OperationalError when there is none, it is sealed to another identity, it is damaged, or open to others
 */
export async function readCustody(places: InstancePlaces, identity: AgeIdentity): Promise<Custody> {
  const sealed = await readPrivateFile(places.custody);
  if (sealed === undefined) {
    throw new OperationalError(
      `There is no custody of instance ${places.instance} at ${places.custody}.`,
      "Put your backup of this file back.",
    );
  }
  const plain = parse(await openSealed(places.custody, sealed, identity));
  if (plain) return plain;
  throw new OperationalError(
    `${places.custody} opens, but this version of Strongroom does not know its content.`,
    "Use the version that wrote it, or put your backup back. Nothing was changed.",
  );
}

/**
 * Stores custody sealed to the operator, never over an existing one, and proves it by reading it back from disk and
 * opening it. When this returns, the keys are safe.
 */
export async function storeCustody(
  places: InstancePlaces,
  identity: AgeIdentity,
  custody: Custody,
  reserve: ReservedFile,
): Promise<void> {
  const sealed = await sealTo(identity.recipient, JSON.stringify(custody));
  await reserve.commitTo(places.custody, sealed);
  if (!isDeepStrictEqual(await readCustody(places, identity), custody)) {
    throw new OperationalError(`${places.custody} does not read back as it was written.`, "Check the disk.");
  }
}

/**
 * Gives an old custody another name, for a server whose data is gone for good: keys are never deleted. Returns the
 * new path, or undefined when there was none.
 */
export async function setCustodyAside(places: InstancePlaces, now = new Date()): Promise<string | undefined> {
  if (!hasCustody(places)) return undefined;
  const aside = `${places.custody}.${now.toISOString().replace(/[:.]/g, "-")}.old`;
  await rename(places.custody, aside);
  await syncDirectory(places.directory);
  return aside;
}

function parse(text: string): Custody | undefined {
  try {
    const result = v.safeParse(CustodySchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
