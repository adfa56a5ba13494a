import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { cacheDirectory } from "../../../base/places";
import type { SynthesizedProject } from "../options";
import { askGit } from "./git";

/** Raised when what is kept changes its shape. */
const FORMAT = 1;
/** The most that is kept: entries, and bytes of all of them. The least recently used goes first. */
const ENTRIES = 100;
const BYTES = 64 * 1024 * 1024;

/** At the project's root, what no synthesis reads. Everything else counts, because a policy can be imported from anywhere. */
const NEVER_READ = /^(__tests__|bench|\.ci|\.github|\.gitlab|\.gitignore|LICENSE|.*\.md)$/;

/**
 * The name under which the synthesis of a commit is kept: a hash of the tree objects that it can depend on, of the packages
 * that it runs with and of its flags. Two commits with the same declarations share it.
 */
export async function cacheKey(project: string, commit: string, flags: readonly string[]): Promise<string> {
  const prefix = (await askGit(project, ["rev-parse", "--show-prefix"])) ?? "";
  const listed = (await askGit(project, ["ls-tree", "-z", `${commit}:${prefix}`])) ?? "";
  const trees = listed.split("\0").filter((line) => !NEVER_READ.test(line.slice(line.indexOf("\t") + 1)));
  const packages = await readFile(join(project, "package-lock.json"), "utf8").catch(() => "");
  const hash = createHash("sha256");
  for (const part of [String(FORMAT), ...flags, packages, ...trees]) hash.update(`${part.length}:${part}\n`);
  return hash.digest("hex");
}

/** What is kept under the key, else what `make` makes, kept from now on. A cache that cannot be used is gone without. */
export async function cached(
  key: string,
  make: () => Promise<SynthesizedProject>,
): Promise<SynthesizedProject> {
  const folder = join(cacheDirectory(), "reviews");
  const file = join(folder, `${key}.json`);
  const kept = await readKept(file);
  if (kept) return kept;
  const made = await make();
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomic(file, JSON.stringify(made), { mode: 0o600 });
    await keepBounded(folder);
  } catch {
    // A full or read-only disk costs the next review its time, and nothing else.
  }
  return made;
}

async function readKept(file: string): Promise<SynthesizedProject | undefined> {
  try {
    const kept = JSON.parse(await readFile(file, "utf8")) as SynthesizedProject;
    if (!Array.isArray(kept.stacks)) return undefined;
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    return kept;
  } catch {
    return undefined;
  }
}

async function keepBounded(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name));
      return { path: join(folder, name), mtimeMs, size };
    }),
  );
  let bytes = 0;
  for (const [index, file] of files.sort((a, b) => b.mtimeMs - a.mtimeMs).entries()) {
    bytes += file.size;
    if (index >= ENTRIES || (bytes > BYTES && index > 0)) await rm(file.path, { force: true });
  }
}
