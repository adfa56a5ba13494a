import { createInterface } from "node:readline";
import { execa } from "execa";
import { InterruptedError, OperationalError } from "../base/errors";
import type { TerraformTool } from "./terraform";
import type { Diagnostic } from "./terraform-error";

/** The parts of Terraform's machine-readable messages that are read here. */
export interface TerraformMessage {
  readonly type?: string;
  readonly diagnostic?: Diagnostic;
  readonly hook?: { readonly resource?: { readonly addr?: string } };
  readonly changes?: {
    readonly add: number;
    readonly change: number;
    readonly remove: number;
    readonly operation: string;
  };
}

/** How many lines that are no messages are kept, to be told when a run fails without a diagnostic. */
const TAIL = 20;

/**
 * Runs Terraform to its end and passes its messages on.
 * @throws InterruptedError after `signal` aborted and Terraform had come to a stop by itself
 * @throws OperationalError when the executable cannot be started
 */
export async function runTerraform(
  tool: TerraformTool,
  directory: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  onMessage: (message: TerraformMessage) => void,
): Promise<{ exitCode: number; tail: string[] }> {
  signal?.throwIfAborted();
  const tail: string[] = [];
  // A group of its own: a terminal's Ctrl-C goes to the whole group, and a second interrupt makes Terraform drop its state.
  const child = execa(tool.path, args, {
    cwd: directory,
    env: tool.env,
    detached: true,
    cleanup: false,
    reject: false,
    stdin: "ignore",
    buffer: false,
    all: true,
  });
  const interrupt = () => child.kill("SIGINT");
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    if (child.all) {
      for await (const line of createInterface({ input: child.all })) {
        const message = parse(line);
        if (message) onMessage(message);
        else if (line.trim() !== "" && tail.push(line) > TAIL) tail.shift();
      }
    }
    const result = await child;
    if (signal?.aborted) {
      throw new InterruptedError(
        `Terraform was stopped in ${directory}.`,
        "Run the command again: it goes on from there.",
      );
    }
    if (result.exitCode === undefined) {
      throw new OperationalError(
        `Cannot run ${tool.path}: ${result.shortMessage}.`,
        "Run `npx strongroom doctor` to see which Terraform is used and where it comes from.",
      );
    }
    return { exitCode: result.exitCode, tail };
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

function parse(line: string): TerraformMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as TerraformMessage;
  } catch {
    return undefined;
  }
}
