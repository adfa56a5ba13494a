import pc from "picocolors";
import yoctoSpinner from "yocto-spinner";
import type { StepEvent } from "../provision/step";

const NAME_WIDTH = 11;

/** Shows steps as they happen: a line each when done, and on a terminal a moving one in between. */
export function showSteps(): (event: StepEvent) => void {
  const spinner = process.stdout.isTTY ? yoctoSpinner({ stream: process.stdout }) : undefined;
  return (event) => {
    spinner?.stop();
    if (event.kind === "progress") {
      if (spinner) spinner.start(`${event.step.padEnd(NAME_WIDTH)} ${pc.dim(event.text)}`);
      else if (event.step === "toolchain")
        process.stdout.write(`   ${event.step.padEnd(NAME_WIDTH)} ${event.text}\n`);
      return;
    }
    if (event.kind === "note") {
      process.stdout.write(` ${pc.yellow("!")} ${event.text}\n`);
      return;
    }
    process.stdout.write(`${stepLine(event)}\n`);
  };
}

/** One finished step: mark, name, what came of it, how long it took. */
export function stepLine(event: Extract<StepEvent, { kind: "done" }>): string {
  const text = event.unchanged ? `${pc.dim("unchanged ·")} ${event.text}` : event.text;
  const seconds = pc.dim(`${event.seconds.toFixed(2)} s`);
  const details = (event.details ?? []).map((detail) => `\n   ${"".padEnd(NAME_WIDTH)} ${pc.dim(detail)}`);
  return ` ${pc.green("✔")} ${event.step.padEnd(NAME_WIDTH)} ${text}  ${seconds}${details.join("")}`;
}
