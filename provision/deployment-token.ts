import { OperationalError } from "../base/errors";
import { ensureAdminToken, readAdminToken } from "../bootstrap/admin-token";
import { givenToken } from "../engine/given-token";
import type { Deployment } from "../stacks/deployment";
import { bootstrapRequestOf } from "./bootstrap-request";

/**
 * The token that configures a deployment: on our own server a short-lived one from custody, on somebody else's what
 * BAO_TOKEN or VAULT_TOKEN holds.
 * @throws OperationalError when there is none
 */
export async function deploymentToken(deployment: Deployment): Promise<string> {
  if (deployment.tokenFile) {
    await ensureAdminToken(bootstrapRequestOf(deployment));
    return readAdminToken(deployment.instance);
  }
  const token = givenToken();
  if (token) return token;
  throw new OperationalError(
    "There is no token for the existing server.",
    "Set BAO_TOKEN or VAULT_TOKEN to one that may configure it.",
  );
}
