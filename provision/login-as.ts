import type { CatalogPrincipal } from "../catalog/catalog";
import type { EngineClient } from "../engine/client";
import { destroySecretId, issueSecretId, loginAppRole, readRoleId } from "../engine/logins";
import { createOrphanToken, createTokenByRole, type Login, revokeSelf } from "../engine/tokens";

/**
 * Runs `use` as a principal and destroys what that took: the token, and the secret id it came from. A Kubernetes role cannot
 * be logged in to without a pod of its cluster; its policies are read from the role on the server and put on a token.
 */
export async function withLoginAs<T>(
  admin: EngineClient,
  principal: CatalogPrincipal,
  use: (client: EngineClient) => Promise<T>,
): Promise<T> {
  if (principal.kind !== "approle") return withToken(admin, await issueToken(admin, principal), use);
  const [roleId, secretId] = await Promise.all([
    readRoleId(admin, principal.name),
    issueSecretId(admin, principal.name),
  ]);
  try {
    return await withToken(admin, await loginAppRole(admin, { roleId, secretId: secretId.secretId }), use);
  } finally {
    await destroySecretId(admin, principal.name, secretId.accessor);
  }
}

async function withToken<T>(
  admin: EngineClient,
  login: Login,
  use: (client: EngineClient) => Promise<T>,
): Promise<T> {
  const client = admin.withToken(login.token);
  try {
    return await use(client);
  } finally {
    await revokeSelf(client);
  }
}

async function issueToken(admin: EngineClient, principal: CatalogPrincipal): Promise<Login> {
  if (principal.kind === "token") return createTokenByRole(admin, principal.name);
  const role = await admin.request<{ data: { token_policies?: string[] } }>("GET", principal.api_path);
  return createOrphanToken(admin, { policies: role.data.token_policies ?? [], ttl: "1m", renewable: false });
}
