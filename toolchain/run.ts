import { interrupted, type Workshop } from "./workshop";

export interface RunOptions {
  readonly cwd?: string;
  /** On top of the workshop's environment. */
  readonly env?: Record<string, string>;
  readonly timeoutMs: number;
  /** Give up when nothing at all has been printed by then: how an unreachable server is noticed early. */
  readonly firstOutputWithinMs?: number;
}

export interface Outcome {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not work, in one line for a person; empty when it did. */
  readonly why: string;
}

/**
 * Runs another program to its end, without a shell and without input. A failure is an answer, not an exception.
 * @throws InterruptedError when the run was stopped, by the workshop's signal or by Ctrl-C reaching the program itself
 */
export async function run(
  workshop: Workshop,
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Outcome> {
  if (workshop.signal?.aborted) throw interrupted();
  const { execa } = await import("execa");
  const silence = new AbortController();
  const signals = [silence.signal, ...(workshop.signal ? [workshop.signal] : [])];
  const child = execa(program, args, {
    reject: false,
    stdin: "ignore",
    extendEnv: false,
    env: { ...workshop.env, ...options.env } as Record<string, string>,
    timeout: options.timeoutMs,
    cancelSignal: AbortSignal.any(signals),
    maxBuffer: 4_000_000,
    ...(options.cwd ? { cwd: options.cwd } : {}),
  });
  const limit = options.firstOutputWithinMs;
  const timer = limit === undefined ? undefined : setTimeout(() => silence.abort(), limit);
  const heard = () => clearTimeout(timer);
  child.stdout?.once("data", heard);
  const result = await child.finally(heard);

  if (workshop.signal?.aborted || result.signal === "SIGINT") throw interrupted();
  const base = { stdout: result.stdout, stderr: result.stderr };
  if (!result.failed) return { ok: true, ...base, why: "" };
  if (result.code === "ENOENT") return { ok: false, ...base, why: `${program} is not on PATH` };
  if (silence.signal.aborted) return { ok: false, ...base, why: `no answer within ${seconds(limit ?? 0)}` };
  if (result.timedOut) return { ok: false, ...base, why: `not done within ${seconds(options.timeoutMs)}` };
  return {
    ok: false,
    ...base,
    why: tellingLine(result.stderr) || tellingLine(result.stdout) || result.shortMessage || "it failed",
  };
}

/**
 * Programs put the reason last, or behind the word "error"; one line of at most 240 characters, of
 * which the beginning says what and the end says why, is enough for a person.
 */
function tellingLine(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.replace(/^[\s│╷╵]+/, "").trim())
    .filter((line) => line !== "");
  const telling =
    lines.find((line) => /\berror\b|no such host|refused|denied|missing|not find/i.test(line)) ??
    lines.at(-1) ??
    "";
  return telling.length > 240 ? `${telling.slice(0, 100)} … ${telling.slice(-137)}` : telling;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
