import { mkdir } from "node:fs/promises";
import { bootstrap } from "../bootstrap/bootstrap";
import { readHealth } from "../engine/health";
import type { Deployment } from "../stacks/deployment";
import type { Environment } from "../stacks/environment";
import { stackFolders } from "../stacks/stack-folders";
import { bootstrapRequestOf } from "./bootstrap-request";
import { recordDeployment } from "./deployment-record";
import { findTools } from "./tools";

/**
 * Makes `cdktf deploy` and `cdktf diff` work from whatever state there is: the providers lie where Terraform finds them, the
 * image is there, and a server that runs is unsealed and has a fresh token for Terraform. A server that does not run yet is
 * bootstrapped by a step of its stack.
 * @param say told what takes time
 */
export async function prepareForCdktf(
  environment: Environment,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Deployment> {
  const { value } = await findTools(environment, signal, () => {}, say);
  const { deployment, toolchain } = value;
  for (const { directory } of stackFolders(deployment)) {
    await mkdir(directory, { recursive: true });
    await toolchain.linkProviders(directory);
  }
  if (deployment.target === "existing") return deployment;
  await recordDeployment(deployment);
  const { state } = await readHealth(deployment.address);
  if (state !== "unreachable" && state !== "uninitialised")
    await bootstrap(bootstrapRequestOf(deployment, signal));
  return deployment;
}
