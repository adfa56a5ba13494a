import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { counted } from "../base/words";
import type { Deployment } from "../stacks/deployment";
import type { Environment } from "../stacks/environment";
import { type StackFolder, stackFolders } from "../stacks/stack-folders";
import { type Synthesis, synthesize } from "../stacks/synthesize";
import { guardrailsOf, idleWaiversOf } from "./guardrail-lines";
import { Run } from "./run";
import { type Outcome, type ReportStep, runStep } from "./step";
import { findTools } from "./tools";

export interface UpResult {
  readonly deployment: Deployment;
  /** False when every step found everything as it should be. */
  readonly changed: boolean;
}

/**
 * Brings an environment from whatever state it is in to running, configured and verified. Each step finds out by itself what
 * is left to do, so a run that was cut off is completed by the next one.
 */
export async function up(
  environment: Environment,
  signal: AbortSignal,
  report: ReportStep,
): Promise<UpResult> {
  const tools = await runStep("toolchain", report, (progress) =>
    findTools(environment, signal, report, progress),
  );
  const { deployment, toolchain } = tools.value;
  const synthesis = await runStep("synthesis", report, async () => synthesisOf(deployment));
  const run = new Run(deployment, toolchain, synthesis.value, signal);

  const server = await runStep("server", report, (progress) => run.server(progress));
  const keys = await runStep("bootstrap", report, (progress) => run.bootstrap(progress));
  const access = await runStep("access", report, (progress) => run.access(progress));
  const changed = [server, keys, access].some((outcome) => !outcome.unchanged);
  await runStep("verified", report, () => run.verify(changed));
  return { deployment, changed };
}

function synthesisOf(deployment: Deployment): Outcome<Synthesis> {
  const before = writtenIn(stackFolders(deployment));
  const synthesis = synthesize(deployment);
  const { systems, secrets, families, principals } = synthesis.catalog;
  const text = [
    counted(synthesis.stacks.length, "stack"),
    counted(systems.length, "system"),
    `${counted(secrets.length, "secret")} and ${counted(families.length, "family", "families")}`,
    counted(principals.length, "principal"),
    ...guardrailsOf(synthesis),
  ].join(" · ");
  const details = idleWaiversOf(synthesis);
  const unchanged = before === writtenIn(synthesis.stacks);
  return { value: synthesis, text, unchanged, ...(details.length > 0 ? { details } : {}) };
}

/** What Terraform would read. */
function writtenIn(stacks: readonly StackFolder[]): string {
  return stacks
    .map(({ directory }) => join(directory, "cdk.tf.json"))
    .map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""))
    .join("\n");
}
