import { InterruptedError } from "../base/errors";
import { cacheDirectory } from "../base/places";
import type { Report } from "./part";

/** What every way of getting a part works with. */
export interface Workshop {
  readonly env: NodeJS.ProcessEnv;
  readonly cache: string;
  readonly report: Report;
  readonly signal: AbortSignal | undefined;
  /** Hash every cached file anew instead of trusting its size and time of change. */
  readonly thorough: boolean;
}

export function openWorkshop(
  report: Report,
  options: {
    readonly env?: NodeJS.ProcessEnv | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly thorough?: boolean;
  } = {},
): Workshop {
  const env = options.env ?? process.env;
  return {
    env,
    cache: cacheDirectory(env),
    report,
    signal: options.signal,
    thorough: options.thorough ?? false,
  };
}

/** @throws InterruptedError once the person has stopped the run */
export function assertNotInterrupted(workshop: Workshop): void {
  if (workshop.signal?.aborted) throw interrupted();
}

export function interrupted(): InterruptedError {
  return new InterruptedError(
    "Stopped while getting the tools.",
    "Run the same command again: it goes on from what is ready.",
  );
}
