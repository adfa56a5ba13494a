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

/**
 * Whether a name at the project's root is of no synthesis: it is taken out of the worktree, so that nothing can depend on it.
 * Everything else counts, because a policy can be imported from anywhere.
 */
export function isNeverRead(name: string): boolean {
  return /^(__tests__|bench|\.ci|\.github|\.gitlab|\.gitignore|LICENSE|.*\.md)$/.test(name);
}

/**
 * The name under which the synthesis of a commit is kept: a hash of the tree objects that it can depend on, of the packages
 * that it runs with and of its flags. Two commits with the same declarations share it.
 */
export async function cacheKey(project: string, commit: string, flags: readonly string[]): Promise<string> {
  const prefix = (await askGit(project, ["rev-parse", "--show-prefix"])) ?? "";
  const trees = await treesOf(project, commit, prefix.split("/").slice(0, -1));
  const packages = await readFile(join(project, "package-lock.json"), "utf8").catch(() => "");
  const hash = createHash("sha256");
  for (const part of [String(FORMAT), ...flags, packages, ...trees]) hash.update(`${part.length}:${part}\n`);
  return hash.digest("hex");
}

/** The tree objects of the project, and of what lies beside the folders that lead to it: it can be imported from there too. */
async function treesOf(project: string, commit: string, folders: readonly string[]): Promise<string[]> {
  const trees: string[] = [];
  for (const depth of [...folders.keys(), folders.length]) {
    const below = folders.slice(0, depth).join("/");
    const listed = (await askGit(project, ["ls-tree", "--full-tree", "-z", `${commit}:${below}`])) ?? "";
    const leftOut = (name: string): boolean =>
      depth === folders.length ? isNeverRead(name) : name === folders[depth];
    trees.push(...listed.split("\0").filter((line) => !leftOut(line.slice(line.indexOf("\t") + 1))));
  }
  return trees;
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
