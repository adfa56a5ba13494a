import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Entry, keepEntry } from "./cache";
import { PartMissingError } from "./failures";
import type { PartSource, Tried } from "./part";
import { withPartLock } from "./part-lock";
import { openScratch, sweepScratch } from "./scratch";
import { assertNotInterrupted, type Workshop } from "./workshop";

/** What a way put into its folder. */
export interface Made {
  readonly version: string;
  /** The program's file name in the folder. */
  readonly main: string;
  /** The exact thing it came from, for the manifest. */
  readonly from: string;
}

/** One way to a part. It answers with a reason where it does not lead there, and throws only what must end the run. */
export interface Way {
  readonly name: string;
  readonly source: PartSource;
  readonly make: (folder: string) => Promise<Made | { readonly why: string }>;
}

export interface Wish {
  /** The part's name in the cache. */
  readonly part: string;
  /** For people: `the vault provider`. */
  readonly label: string;
  readonly wanted: string;
  readonly platform: string;
  readonly find: () => Promise<Entry | undefined>;
  readonly ways: readonly Way[];
  /** What was already looked at in vain, for the message at the end. */
  readonly tried: readonly Tried[];
  readonly nextStep: string;
}

/**
 * A part from the cache, else by the first way that leads to it, one run at a time. Each way works in a folder of its
 * own, which enters the cache whole or is removed; what a killed run left is swept by the next one.
 * @throws PartMissingError when no way does, with the reason of each
 */
export async function obtain(workshop: Workshop, wish: Wish): Promise<{ entry: Entry; cached: boolean }> {
  const ready = await wish.find();
  if (ready) return { entry: ready, cached: true };
  return withPartLock(workshop, wish.part, async () => {
    const fromAnotherRun = await wish.find();
    if (fromAnotherRun) return { entry: fromAnotherRun, cached: true };
    await sweepScratch(workshop, wish.part);
    const tried: Tried[] = [...wish.tried];
    for (const way of wish.ways) {
      assertNotInterrupted(workshop);
      const answer = await tryWay(workshop, wish, way);
      if ("entry" in answer) return { entry: answer.entry, cached: false };
      tried.push({ way: way.name, why: answer.why });
    }
    throw new PartMissingError(wish.label, wish.wanted, tried, wish.nextStep);
  });
}

async function tryWay(workshop: Workshop, wish: Wish, way: Way): Promise<{ entry: Entry } | { why: string }> {
  const prepared = await openScratch(workshop, wish.part);
  const folder = join(prepared, "files");
  await mkdir(folder);
  try {
    const made = await way.make(folder);
    if ("why" in made) return made;
    const key = { part: wish.part, version: made.version, platform: wish.platform };
    const entry = await keepEntry(workshop, key, prepared, {
      source: way.source,
      from: made.from,
      main: made.main,
    });
    return { entry };
  } finally {
    await rm(prepared, { recursive: true, force: true });
  }
}
