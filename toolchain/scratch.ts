import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Workshop } from "./workshop";

/** Half-made things live in `<cache>/tmp` until they are whole, so that one rename puts them in place. */
function scratchRoot(workshop: Workshop): string {
  return join(workshop.cache, "tmp");
}

/** A fresh folder for work on a part. The caller removes it; what a killed run left is swept by the next one. */
export async function openScratch(workshop: Workshop, part: string): Promise<string> {
  await mkdir(scratchRoot(workshop), { recursive: true });
  return mkdtemp(join(scratchRoot(workshop), `${part}.`));
}

/** Only to be called with the part's lock held: whatever lies in its scratch folders then belongs to no living run. */
export async function sweepScratch(workshop: Workshop, part: string): Promise<void> {
  const names = await readdir(scratchRoot(workshop)).catch(() => [] as string[]);
  const left = names.filter((name) => name.startsWith(`${part}.`));
  await Promise.all(
    left.map((name) => rm(join(scratchRoot(workshop), name), { recursive: true, force: true })),
  );
}
