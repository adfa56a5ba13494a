import { bootstrap } from "../bootstrap/bootstrap";
import { readHealth } from "../engine/health";
import type { Environment } from "../stacks/environment";
import { synthesize } from "../stacks/synthesize";
import { bootstrapRequestOf } from "./bootstrap-request";
import { recordDeployment } from "./deployment-record";
import { idleWaiversOf } from "./guardrail-lines";
import { removeLeftovers } from "./leftovers";
import { Terraform } from "./terraform";
import { findTools, terraformTool } from "./tools";

/**
 * Synthesizes, and makes `cdktf deploy` and `cdktf diff` work from whatever state there is: each stack's folder is initialised
 * with the providers that were found (without that, cdktf would ask a registry to lock them), the image is there, and a server
 * that runs is unsealed and has a fresh token for Terraform. One that does not run yet is bootstrapped by a step of its stack.
 * @param say told what takes time
 */
export async function prepareForCdktf(
  environment: Environment,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const { value } = await findTools(environment, signal, () => {}, say);
  const { deployment, toolchain } = value;
  const synthesis = synthesize(deployment);
  for (const line of idleWaiversOf(synthesis)) say(line);
  const { stacks } = synthesis;
  const tool = terraformTool(toolchain);
  await Promise.all(stacks.map(({ directory }) => new Terraform(tool, directory, signal).init()));
  if (deployment.target === "existing") return;
  await recordDeployment(deployment);
  await removeLeftovers(deployment);
  const { state } = await readHealth(deployment.address);
  if (state !== "unreachable" && state !== "uninitialised") {
    await bootstrap(bootstrapRequestOf(deployment, signal));
  }
}
