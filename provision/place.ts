import { ConflictError, OperationalError } from "../base/errors";
import { portFree } from "../bootstrap/port";
import { preflight } from "../bootstrap/preflight";
import { type Health, readHealth } from "../engine/health";
import type { Deployment } from "../stacks/deployment";
import { bootstrapRequestOf } from "./bootstrap-request";
import { containerExists } from "./docker";
import { ProcessServer } from "./process-server";
import { addressesInState } from "./state";

/**
 * Looks before anything is made: the place of the keys takes a write, the port is free or ours, and no server of somebody
 * else's stands under our names.
 * @returns the server's health, `unreachable` where there is none yet
 * @throws ConflictError, OperationalError
 */
export async function checkPlace(deployment: Deployment, signal: AbortSignal): Promise<Health> {
  if (deployment.target === "existing") return existingServer(deployment.address);
  await preflight(bootstrapRequestOf(deployment, signal));
  const free = await portFree(deployment.address);
  if (await isOurs(deployment)) return free ? { state: "unreachable" } : readHealth(deployment.address);

  if (deployment.target === "container" && (await containerExists(`strongroom-${deployment.instance}`))) {
    throw new ConflictError(
      `The container strongroom-${deployment.instance} exists, and the state in this folder does not know it: another clone made it.`,
      "Run this in that clone, or keep a second server beside it with STRONGROOM_INSTANCE and STRONGROOM_PORT. " +
        `If that clone is gone, \`docker rm -f strongroom-${deployment.instance} && docker network rm strongroom-${deployment.instance}\` lets this one take over; the volumes keep their data.`,
    );
  }
  if (!free) {
    throw new ConflictError(
      `Another server answers at ${deployment.address}; it is not the one of instance ${deployment.instance}.`,
      "Stop it, or choose another port: STRONGROOM_PORT=8300 npm start.",
    );
  }
  return { state: "unreachable" };
}

/** A server of somebody else's has to serve already: its keys are not ours to open it with. */
async function existingServer(address: string): Promise<Health> {
  const health = await readHealth(address);
  if (health.state === "active" || health.state === "standby") return health;
  const { state, reason } = health;
  throw new OperationalError(
    `The existing server at ${address} is ${state}${reason ? ` (${reason})` : ""}.`,
    "Have whoever keeps it bring it up and unseal it, or check STRONGROOM_ADDRESS.",
  );
}

async function isOurs(deployment: Deployment): Promise<boolean> {
  // The volumes are made first and never removed: a state that has them is of a clone that made this server, or began to.
  if (deployment.target === "container") return (await addressesInState(deployment, "server")).size > 0;
  return (await new ProcessServer(deployment, "").running()) !== undefined;
}
