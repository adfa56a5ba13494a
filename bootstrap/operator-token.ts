import { EngineClient } from "../engine/client";
import { createOrphanToken } from "../engine/tokens";
import { hasCustody, readCustody } from "./custody";
import { readIdentity } from "./identity";
import { keysAreNotHere } from "./ownership";
import { placesOf } from "./places";
import { type BootstrapRequest, connection } from "./request";

export interface OperatorToken {
  /** Never to be printed but on the operator's own word. */
  readonly token: string;
  readonly expiresAt: Date;
}

export const operatorPolicyName = "strongroom-operator";
const life = "1h";

/**
 * A token for the person who holds custody: an hour long, for every secret of the instance's KV mounts and for nothing
 * that changes the server itself. Each call issues a new one.
 * @throws ConflictError, OperationalError when custody is not here or does not open
 */
export async function issueOperatorToken(request: BootstrapRequest): Promise<OperatorToken> {
  const places = placesOf(request.instance);
  const client = new EngineClient({ ...connection(request), connections: 1 });
  try {
    if (!hasCustody(places)) throw await keysAreNotHere(client.address, places);
    const root = client.withToken((await readCustody(places, await readIdentity())).root_token);
    await root.request("PUT", `sys/policies/acl/${operatorPolicyName}`, {
      policy: operatorPolicy(request.kvMounts ?? []),
    });
    const login = await createOrphanToken(root, {
      policies: [operatorPolicyName],
      ttl: life,
      explicitMaxTtl: life,
      renewable: false,
      displayName: operatorPolicyName,
    });
    return { token: login.token, expiresAt: new Date(Date.now() + login.leaseSeconds * 1000) };
  } finally {
    await client.close();
  }
}

function operatorPolicy(mounts: readonly string[]): string {
  const secrets = mounts.map(
    (mount) =>
      `path "${mount}/*" {\n  capabilities = ["create", "read", "update", "patch", "delete", "list"]\n}\n`,
  );
  return [
    ...secrets,
    'path "sys/mounts" {\n  capabilities = ["read"]\n}\n',
    'path "sys/policies/acl/*" {\n  capabilities = ["read", "list"]\n}\n',
  ].join("\n");
}
