import { mkdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { sha256Of } from "./hash";
import type { Workshop } from "./workshop";

/** What a file of the user's answered when it was last asked; valid as long as its size and time of change are the same. */
interface Known {
  readonly size: number;
  readonly mtimeMs: number;
  readonly version?: string;
  readonly product?: string;
  readonly sha256?: string;
}

type Facts = Pick<Known, "version" | "product" | "sha256">;

/** A smaller file is a script that picks a version by itself (a version manager's shim): it has to be asked each time. */
const smallestProgram = 1_000_000;

/** The sha256 of a user's file, remembered in `<cache>/known-binaries.json`. */
export async function knownSha256(workshop: Workshop, path: string): Promise<string> {
  const facts = await knownFacts(workshop, path, "sha256", async () => ({ sha256: await sha256Of(path) }));
  return facts?.sha256 ?? "";
}

/**
 * What `ask` finds out about a program, remembered in `<cache>/known-binaries.json`: asking costs a process.
 * @returns undefined when the program does not answer as expected
 */
export function knownVersion(
  workshop: Workshop,
  path: string,
  ask: () => Promise<{ version: string; product: string } | undefined>,
): Promise<{ version: string; product: string } | undefined> {
  return knownFacts(workshop, path, "version", ask) as Promise<
    { version: string; product: string } | undefined
  >;
}

async function knownFacts(
  workshop: Workshop,
  path: string,
  fact: keyof Facts,
  ask: () => Promise<Facts | undefined>,
): Promise<Facts | undefined> {
  const real = await realpath(path);
  const { size, mtimeMs } = await stat(real);
  const known = (await readNotes(workshop))[real];
  const same = known && known.size === size && known.mtimeMs === mtimeMs && size >= smallestProgram;
  if (same && known[fact] !== undefined) return known;
  const facts = await ask();
  if (!facts || size < smallestProgram) return facts;
  await note(workshop, real, { ...(same ? known : {}), ...facts, size, mtimeMs });
  return facts;
}

async function readNotes(workshop: Workshop): Promise<Record<string, Known>> {
  try {
    return JSON.parse(await readFile(notesPath(workshop), "utf8")) as Record<string, Known>;
  } catch {
    return {};
  }
}

/** Two runs may both write: the file stays whole, and what the slower one overwrote is only asked once more. */
async function note(workshop: Workshop, path: string, known: Known): Promise<void> {
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await mkdir(workshop.cache, { recursive: true });
  const notes = { ...(await readNotes(workshop)), [path]: known };
  await writeFileAtomic(notesPath(workshop), `${JSON.stringify(notes, null, 2)}\n`);
}

function notesPath(workshop: Workshop): string {
  return join(workshop.cache, "known-binaries.json");
}
