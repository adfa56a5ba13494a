import { InterruptedError } from "../base/errors";

/**
 * Runs `work` with a signal that Ctrl-C aborts. The work ends at the next point from which another run can go on, which may
 * take a moment, so the first Ctrl-C says so.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    if (!controller.signal.aborted) process.stderr.write("\nStopping where it is safe to go on from …\n");
    controller.abort(new InterruptedError("Stopped.", "Run the command again: it goes on from there."));
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}
