import { rm } from "node:fs/promises";
import * as v from "valibot";
import writeFileAtomic from "write-file-atomic";
import type { InstancePlaces } from "./places";
import { cannotWrite, readPrivateFile, syncDirectory } from "./private-files";

/** That an init was sent, when, and to which server. Holds no key. */
export type InitJournal = v.InferOutput<typeof JournalSchema>;

const JournalSchema = v.strictObject({
  schema_version: v.literal(1),
  started_at: v.string(),
  address: v.string(),
  engine: v.string(),
});

export async function writeJournal(places: InstancePlaces, journal: InitJournal): Promise<void> {
  try {
    await writeFileAtomic(places.journal, `${JSON.stringify(journal, null, 2)}\n`, { mode: 0o600 });
    await syncDirectory(places.directory);
  } catch (cause) {
    throw cannotWrite(places.journal, cause);
  }
  // A disk that fills up can cut a write short without an error.
  if ((await readJournal(places)) === "unreadable") throw cannotWrite(places.journal, { code: "ENOSPC" });
}

/** The journal of a run that did not come to its end; "unreadable" when it was cut off itself. */
export async function readJournal(places: InstancePlaces): Promise<InitJournal | "unreadable" | undefined> {
  const content = await readPrivateFile(places.journal);
  if (content === undefined) return undefined;
  try {
    return v.parse(JournalSchema, JSON.parse(content.toString("utf8")));
  } catch {
    return "unreadable";
  }
}

/** Once custody is there and opens, whatever run left something behind did store its keys. */
export async function clearTraces(places: InstancePlaces): Promise<void> {
  await rm(places.reserve, { force: true });
  await removeJournal(places);
}

export async function removeJournal(places: InstancePlaces): Promise<void> {
  await rm(places.journal, { force: true });
  await syncDirectory(places.directory);
}
