import { setTimeout as sleep } from "node:timers/promises";

/** Waits, and returns early when `signal` aborts: the caller looks at the signal and decides. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    if (!signal?.aborted) throw error;
  });
}
