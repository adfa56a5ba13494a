import { OperationalError } from "../base/errors";
import { EngineClient } from "../engine/client";
import { EngineAnswerError } from "../engine/errors";
import { pause } from "../engine/pause";
import type { Deployment } from "../stacks/deployment";
import { deploymentToken } from "./deployment-token";

const LONGEST_MS = 60_000;

/**
 * Waits until a new KV v2 mount has set itself up: until then it answers 400 "Upgrading from non-versioned to versioned data"
 * (vault-plugin-secrets-kv, upgrade.go).
 * @throws OperationalError when it does not within a minute
 */
export async function awaitMount(deployment: Deployment, path: string, signal: AbortSignal): Promise<void> {
  const client = new EngineClient({
    address: deployment.address,
    token: await deploymentToken(deployment),
    connections: 1,
  });
  const end = performance.now() + LONGEST_MS;
  try {
    while (!(await answers(client, path))) {
      if (performance.now() >= end) {
        throw new OperationalError(
          `The mount ${path} was not ready within a minute.`,
          "Look at the server's log, then run the command again.",
        );
      }
      await pause(25, signal);
    }
  } finally {
    await client.close();
  }
}

async function answers(client: EngineClient, path: string): Promise<boolean> {
  try {
    await client.request("GET", `${path}/config`);
    return true;
  } catch (error) {
    if (error instanceof EngineAnswerError && error.status === 400) return false;
    throw error;
  }
}
