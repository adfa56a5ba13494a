import type { Deployment } from "../stacks/deployment";
import { removeContainer, removeNetwork } from "./docker";
import { addressesInState } from "./state";

/**
 * Removes what a run that was killed had made in Docker before its state could say so: containers and the network of this
 * instance that the state does not know. All data is on volumes, which Docker adopts by their name, so nothing is lost.
 * Does nothing where the state is empty: then what stands there is another clone's.
 */
export async function removeLeftovers(deployment: Deployment): Promise<void> {
  if (deployment.target !== "container") return;
  const known = await addressesInState(deployment, "server");
  if (known.size === 0) return;
  const name = `strongroom-${deployment.instance}`;
  if (!known.has("docker_container.server")) await removeContainer(name);
  if (!known.has("docker_container.config-holder")) await removeContainer(`${name}-config`);
  if (!known.has("docker_network.network")) await removeNetwork(name);
}
