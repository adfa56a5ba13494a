import { rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../base/errors";
import { homeDirectory } from "../base/places";
import { setCustodyAside } from "../bootstrap/custody";
import { placesOf } from "../bootstrap/places";
import type { Deployment } from "../stacks/deployment";
import type { Environment } from "../stacks/environment";
import { serverDirectories } from "../stacks/server-directories";
import { synthesize } from "../stacks/synthesize";
import { forgetDeployment, resolveDeployment } from "./deployment-record";
import { removeVolumes } from "./docker";
import { ProcessServer } from "./process-server";
import { addressesInState } from "./state";
import { Terraform } from "./terraform";
import { findTools, terraformTool } from "./tools";

/**
 * Stops the server and keeps all that it knows: data, audit log, keys.
 * @returns whether there was anything to stop
 */
export async function down(environment: Environment, signal: AbortSignal): Promise<boolean> {
  const deployment = resolveDeployment(environment);
  refuseExisting(deployment);
  if (deployment.target === "process") return new ProcessServer(deployment, "").stop();
  if (!(await addressesInState(deployment, "server")).has("docker_container.server")) return false;
  const { toolchain } = (
    await findTools(
      environment,
      signal,
      () => {},
      () => {},
    )
  ).value;
  const folder = synthesize(deployment).stacks.find(({ kind }) => kind === "server");
  if (!folder) return false;
  const stack = new Terraform(terraformTool(toolchain), folder.directory, signal);
  await stack.init();
  // The volumes keep prevent_destroy, so what goes is named one by one.
  await stack.destroy(
    "terraform_data.bootstrap",
    "docker_container.server",
    "docker_container.config-holder",
    "docker_network.network",
  );
  return true;
}

/**
 * Stops the server and removes its data and its state: every secret is lost. Its keys are put aside, never deleted: somebody
 * may hold a snapshot that only they open.
 */
export async function wipe(environment: Environment, signal: AbortSignal): Promise<void> {
  const deployment = resolveDeployment(environment);
  await down(environment, signal);
  if (deployment.target === "container") await removeVolumes(...volumes(deployment));
  await setCustodyAside(placesOf(deployment.instance));
  for (const path of files(deployment)) await rm(path, { recursive: true, force: true });
  await forgetDeployment(deployment.instance);
}

/** What `wipe` removes, for people to read before they agree. */
export function whatWipeRemoves(deployment: Deployment): string[] {
  const inDocker =
    deployment.target === "container" ? volumes(deployment).map((name) => `volume ${name}`) : [];
  return [...inDocker, ...files(deployment)];
}

function volumes({ instance }: Deployment): string[] {
  return ["data", "logs", "config"].map((kind) => `strongroom-${instance}-${kind}`);
}

/** The operator's identity stays: it may have sealed other things. */
function files(deployment: Deployment): string[] {
  const { instance } = deployment;
  const home = join(homeDirectory(), instance);
  return [
    ...(deployment.target === "process" ? Object.values(serverDirectories(deployment)) : []),
    ...["custody.pending", "custody.reserve", "terraform.token"].map((file) => join(home, file)),
    ...["server", "access"].flatMap((kind) => [
      `state/${instance}-${kind}.tfstate`,
      `state/${instance}-${kind}.tfstate.backup`,
    ]),
  ];
}

function refuseExisting(deployment: Deployment): void {
  if (deployment.target !== "existing") return;
  throw new UsageError(
    `The server at ${deployment.address} is somebody else's.`,
    "Stop it where it is kept.",
  );
}
