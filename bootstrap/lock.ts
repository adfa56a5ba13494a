import { ConflictError, InterruptedError, OperationalError } from "../base/errors";
import { pause } from "../engine/pause";
import type { InstancePlaces } from "./places";
import { cannotWrite } from "./private-files";

/** What the holder of the lock can ask of it. */
export interface HeldLock {
  /** @throws OperationalError when the lock was lost, for example because the machine slept */
  assertHeld(): void;
}

/**
 * Runs `work` while no other process of this machine works on the instance. Waits for another one to finish; a lock
 * whose holder was killed is taken over after three seconds.
 * @throws ConflictError when another process still holds it after `patienceMs`
 */
export async function withInstanceLock<T>(
  places: InstancePlaces,
  signal: AbortSignal | undefined,
  work: (lock: HeldLock) => Promise<T>,
  patienceMs = 60_000,
): Promise<T> {
  let lost = false;
  const release = await acquire(places, signal, patienceMs, () => {
    lost = true;
  });
  try {
    return await work({
      assertHeld() {
        if (!lost) return;
        throw new OperationalError(
          `The lock ${places.lock} was lost while it was held.`,
          "Run the command again: nothing was begun without it.",
        );
      },
    });
  } finally {
    if (!lost) await release().catch(() => undefined);
  }
}

async function acquire(
  places: InstancePlaces,
  signal: AbortSignal | undefined,
  patienceMs: number,
  onLost: () => void,
): Promise<() => Promise<void>> {
  const { lock } = await import("proper-lockfile");
  const end = performance.now() + patienceMs;
  const options = { lockfilePath: places.lock, stale: 3_000, update: 1_000, onCompromised: onLost };
  for (;;) {
    if (signal?.aborted) {
      throw new InterruptedError(
        `Waiting for ${places.lock} was stopped.`,
        "Run the command again to go on.",
      );
    }
    try {
      return await lock(places.directory, options);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ELOCKED") throw cannotWrite(places.lock, cause);
    }
    if (performance.now() >= end) {
      throw new ConflictError(
        `Another process has been working on instance ${places.instance} for ${Math.round(patienceMs / 1000)} s.`,
        "Wait until it is done, or stop it, and run the command again.",
      );
    }
    await pause(100, signal);
  }
}
