import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assertNotInterrupted, type Workshop } from "./workshop";

/** A holder refreshes its lock every 2 s; one that has not done so for 10 s is dead (kill -9, power) and is overruled. */
const stale = 10_000;
const update = 2_000;

/**
 * Runs `work` while no other run on this machine works on the same part; one that comes second waits and says so.
 * @throws InterruptedError when the person stops it while it waits
 */
export async function withPartLock<Result>(
  workshop: Workshop,
  part: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { default: lockfile } = await import("proper-lockfile");
  const folder = join(workshop.cache, "locks");
  await mkdir(folder, { recursive: true });
  let release: (() => Promise<void>) | undefined;
  for (let turn = 0; release === undefined; turn++) {
    assertNotInterrupted(workshop);
    release = await lockfile
      // After a machine's sleep the lock may have been overruled. The last step of `work` is an atomic rename of a
      // whole entry, so that even then nothing is corrupted: hence no alarm.
      .lock(join(folder, part), { realpath: false, stale, update, onCompromised: () => undefined })
      .catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== "ELOCKED") throw error;
        if (turn === 0) workshop.report({ part, what: "another run is getting it ready: waiting for that" });
        await sleep(250);
        return undefined;
      });
  }
  try {
    return await work();
  } finally {
    await release().catch(() => undefined);
  }
}
