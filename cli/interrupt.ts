import { InterruptedError } from "../base/errors";

/** Ctrl-C, a polite kill, and the terminal that was closed. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `work` with a signal that Ctrl-C aborts. The work ends at the next point from which another run can go on, which may
 * take a moment, so the first Ctrl-C says so.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    const words = controller.signal.aborted
      ? "Still stopping: what was begun is being finished"
      : "Stopping where it is safe to go on from";
    process.stderr.write(`\n${words} …\n`);
    controller.abort(new InterruptedError("Stopped.", "Run the command again: it goes on from there."));
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}
