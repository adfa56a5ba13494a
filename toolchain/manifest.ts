import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256Of } from "./hash";
import type { PartSource } from "./part";

/**
 * One thing in the cache: `<cache>/parts/<part>/<version>/<os>_<arch>/` with `manifest.json` and, in `files/`, the
 * program and its licence. An entry appears whole, by one rename, or not at all.
 */
export interface EntryKey {
  readonly part: string;
  readonly version: string;
  /** `linux_amd64` */
  readonly platform: string;
}

export interface KeptFile {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
}

/** What `manifest.json` says. */
export interface Manifest extends EntryKey {
  readonly schema: 1;
  readonly source: PartSource;
  readonly from: string;
  readonly main: string;
  readonly files: readonly KeptFile[];
}

/** @returns undefined when there is none that can be read */
export async function readManifest(place: string): Promise<Manifest | undefined> {
  const text = await readFile(join(place, "manifest.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as Manifest;
    return manifest.schema === 1 && Array.isArray(manifest.files) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** The content is right but was copied or touched: remember the new times, so that the next look is cheap again. */
export async function noteTimes(place: string, manifest: Manifest): Promise<void> {
  const files = await Promise.all(
    manifest.files.map(async (file) => ({
      ...file,
      mtimeMs: (await stat(join(place, "files", file.name))).mtimeMs,
    })),
  );
  await writeManifest(place, { ...manifest, files });
}

/** The sums of all files in a folder, by their paths in it. */
export async function hashAll(folder: string): Promise<KeptFile[]> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { name, size, mtimeMs, sha256: await sha256Of(path) };
    }),
  );
}

export async function writeManifest(place: string, manifest: Manifest): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(join(place, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
