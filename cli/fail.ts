import { CommanderError } from "commander";
import pc from "picocolors";
import { DeclarationPlace } from "../base/declaration-place";
import { StrongroomError } from "../base/errors";
import { PolicyError } from "../policies/errors";
import { printable } from "../review/render/printable";

/** Tells an error and sets the exit code it stands for. A stack trace comes only when asked for. */
export function fail(error: unknown): void {
  if (error instanceof CommanderError) {
    // Commander has told it already; help and version are no failures.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  const { message, exitCode } = told(error);
  process.stderr.write(`\n${pc.red(pc.bold("✗"))} ${shown(message)}\n`);
  if (process.env.STRONGROOM_DEBUG && error instanceof Error) process.stderr.write(`\n${error.stack}\n`);
  process.exitCode = exitCode;
}

/** Messages repeat what people and files gave them: nothing in it may act on the terminal. */
function shown(message: string): string {
  return message.replace(/[^\n\t]+/g, printable);
}

function told(error: unknown): { message: string; exitCode: number } {
  if (error instanceof StrongroomError || error instanceof PolicyError)
    return { message: error.message, exitCode: error.exitCode };
  const message = error instanceof Error ? error.message : String(error);
  // cdktf gathers what the constructs found wrong into one plain Error.
  if (message.startsWith("Validation failed with the following errors")) {
    return { message: `${message}\n  Mend the declarations named above.`, exitCode: 2 };
  }
  // Declarations are code that runs as it is loaded: what they throw is a mistake in them.
  const place = error instanceof Error ? DeclarationPlace.thrownBy(error) : undefined;
  if (place?.position()) {
    return {
      message: `${place}  the declarations fail here: ${message}.\n  Mend that line; --debug shows the whole stack.`,
      exitCode: 2,
    };
  }
  return {
    message: `${message}\n  This should not happen: run the command again with --debug and report what it shows.`,
    exitCode: 3,
  };
}
