import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { InterruptedError, OperationalError, StrongroomError } from "../base/errors";
import { givenToken } from "../engine/given-token";
import { followFile } from "./follow-file";
import type { Diagnostic } from "./terraform-error";
import type { TerraformTool } from "./terraform-tool";

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
  const log = join(directory, "terraform.log");
  const output = await open(log, "w");
  try {
    // A group of its own, because a terminal sends Ctrl-C to the whole group; and a file instead of a pipe, because whoever reads
    // a pipe takes Terraform along when he is killed, and with it the state of all that it was making.
    const child = spawn(tool.path, args, {
      cwd: directory,
      env: { ...process.env, ...tool.env, ...tokenForProvider() },
      detached: true,
      stdio: ["ignore", output.fd, output.fd],
    });
    const ended = once(child, "exit") as Promise<[number | null]>;
    for await (const line of followFile(log, ended)) {
      const message = parse(line);
      if (message) onMessage(message);
      else if (line.trim() !== "" && tail.push(line) > TAIL) tail.shift();
    }
    const [exitCode] = await ended;
    stopIfAsked(directory, signal);
    return { exitCode: exitCode ?? -1, tail };
  } catch (cause) {
    if (cause instanceof StrongroomError) throw cause;
    throw new OperationalError(
      `Cannot run ${tool.path}: ${(cause as Error).message}.`,
      "Run `npx strongroom doctor` to see which Terraform is used and where it comes from.",
      { cause },
    );
  } finally {
    await output.close();
  }
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

/** The provider looks for VAULT_TOKEN alone; somebody who set BAO_TOKEN means the same, and means it first. */
function tokenForProvider(): Record<string, string> {
  const token = givenToken();
  return token === undefined ? {} : { VAULT_TOKEN: token };
}
