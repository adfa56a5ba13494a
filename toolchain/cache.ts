import { chmod, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { rcompare, satisfies } from "semver";
import { HashMismatchError } from "./failures";
import { sha256Of } from "./hash";
import {
  type EntryKey,
  hashAll,
  type KeptFile,
  type Manifest,
  noteTimes,
  readManifest,
  writeManifest,
} from "./manifest";
import type { PartSource } from "./part";
import type { Workshop } from "./workshop";

export interface Entry extends EntryKey {
  /** The folder with the program and its licence. */
  readonly folder: string;
  /** Absolute path of the program. */
  readonly main: string;
  readonly sha256: string;
  readonly source: PartSource;
  /** The exact thing it came from: a module at its version, a wheel's or archive's name. */
  readonly from: string;
}

/**
 * The newest entry of a part in a range of versions, checked: cheaply by size and time of change, by full hash when
 * one of these differs or the workshop is thorough.
 * @throws HashMismatchError when a file has changed since it was kept; the entry is moved to `<cache>/refused/`
 */
export async function findEntry(
  workshop: Workshop,
  part: string,
  range: string,
  platform: string,
): Promise<Entry | undefined> {
  const kept = await readdir(join(workshop.cache, "parts", part)).catch(() => [] as string[]);
  const fitting = kept.filter((version) => satisfies(version, range)).sort(rcompare);
  for (const version of fitting) {
    const entry = await openEntry(workshop, { part, version, platform });
    if (entry) return entry;
  }
  return undefined;
}

/**
 * Takes the folder `<prepared>/files` into the cache under `key`, replacing what was there.
 * @param prepared a folder inside the cache's own file system, so that one rename moves it
 */
export async function keepEntry(
  workshop: Workshop,
  key: EntryKey,
  prepared: string,
  made: { readonly source: PartSource; readonly from: string; readonly main: string },
): Promise<Entry> {
  const files = await hashAll(join(prepared, "files"));
  const manifest: Manifest = { schema: 1, ...key, ...made, files };
  await writeManifest(prepared, manifest);
  const place = placeOf(workshop, key);
  await mkdir(dirname(place), { recursive: true });
  await rm(place, { recursive: true, force: true });
  await rename(prepared, place);
  return entryOf(workshop, manifest);
}

async function openEntry(workshop: Workshop, key: EntryKey): Promise<Entry | undefined> {
  const place = placeOf(workshop, key);
  const manifest = await readManifest(place);
  if (!manifest) return undefined;
  let touched = false;
  for (const file of manifest.files) {
    const path = join(place, "files", file.name);
    const now = await stat(path).catch(() => undefined);
    if (!workshop.thorough && now && now.size === file.size && now.mtimeMs === file.mtimeMs) continue;
    const actual = now ? await sha256Of(path) : "no file";
    if (actual !== file.sha256) return refuse(workshop, key, file, actual);
    touched ||= now?.mtimeMs !== file.mtimeMs;
  }
  if (touched) await noteTimes(place, manifest);
  return entryOf(workshop, manifest);
}

async function refuse(workshop: Workshop, key: EntryKey, file: KeptFile, actual: string): Promise<never> {
  const aside = join(workshop.cache, "refused", `${key.part}-${key.version}-${key.platform}`);
  await mkdir(dirname(aside), { recursive: true });
  await rm(aside, { recursive: true, force: true });
  await rename(placeOf(workshop, key), aside);
  await chmod(join(aside, "files", file.name), 0o600).catch(() => undefined);
  throw new HashMismatchError(
    `${file.name} of ${key.part} ${key.version} in the cache`,
    `sha256 ${file.sha256}`,
    actual === "no file" ? actual : `sha256 ${actual}`,
    `It was moved to ${aside}. Find out who changed it, then run this again: it is fetched or built anew.`,
  );
}

function entryOf(workshop: Workshop, manifest: Manifest): Entry {
  const { part, version, platform, source, from } = manifest;
  const folder = join(placeOf(workshop, manifest), "files");
  const sha256 = manifest.files.find((file) => file.name === manifest.main)?.sha256 ?? "";
  return { part, version, platform, source, from, folder, main: join(folder, manifest.main), sha256 };
}

function placeOf(workshop: Workshop, key: EntryKey): string {
  return join(workshop.cache, "parts", key.part, key.version, key.platform);
}
