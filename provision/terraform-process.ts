import { basename } from "node:path";
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
 * Runs Terraform to its end and passes its messages on. What it has begun it finishes, also after `signal` aborts: a request
 * that is cut off leaves a container, a network or a mount behind that no state knows of.
 * @throws InterruptedError when `signal` was aborted, before the start or at the end
 * @throws OperationalError when the executable cannot be started
 */
export async function runTerraform(
  tool: TerraformTool,
  directory: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
  onMessage: (message: TerraformMessage) => void,
): Promise<{ exitCode: number; tail: string[] }> {
  stopIfAsked(directory, signal);
  const tail: string[] = [];
  // A group of its own, because a terminal sends Ctrl-C to the whole group.
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
  for await (const line of createInterface({ input: child.all })) {
    const message = parse(line);
    if (message) onMessage(message);
    else if (line.trim() !== "" && tail.push(line) > TAIL) tail.shift();
  }
  const result = await child;
  stopIfAsked(directory, signal);
  if (result.exitCode !== undefined) return { exitCode: result.exitCode, tail };
  throw new OperationalError(
    `Cannot run ${tool.path}: ${result.shortMessage}.`,
    "Run `npx strongroom doctor` to see which Terraform is used and where it comes from.",
  );
}

function stopIfAsked(directory: string, signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new InterruptedError(
    `Stopped at the stack ${basename(directory)}.`,
    "Run the command again: it goes on from there.",
  );
}

function parse(line: string): TerraformMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as TerraformMessage;
  } catch {
    return undefined;
  }
}
