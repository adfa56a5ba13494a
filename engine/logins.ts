import * as v from "valibot";
import { readAnswer } from "./answers";
import type { EngineClient } from "./client";
import { type Login, loginIn } from "./tokens";

export interface AppRoleCredentials {
  readonly roleId: string;
  readonly secretId: string;
  /** @default "approle" */
  readonly mount?: string;
}

export interface SecretId {
  readonly secretId: string;
  readonly accessor: string;
}

/** @throws EngineAnswerError 400 when the role or the secret id is not known */
export async function loginAppRole(client: EngineClient, credentials: AppRoleCredentials): Promise<Login> {
  const path = `auth/${credentials.mount ?? "approle"}/login`;
  const body = { role_id: credentials.roleId, secret_id: credentials.secretId };
  return loginIn(await client.request("POST", path, body), path);
}

export async function readRoleId(client: EngineClient, role: string, mount = "approle"): Promise<string> {
  const path = `auth/${mount}/role/${role}/role-id`;
  return readAnswer(RoleIdBody, await client.request("GET", path), path).data.role_id;
}

/** Issues a secret id for a role. Destroy it by its accessor when it has served. */
export async function issueSecretId(
  client: EngineClient,
  role: string,
  mount = "approle",
): Promise<SecretId> {
  const path = `auth/${mount}/role/${role}/secret-id`;
  const { data } = readAnswer(SecretIdBody, await client.request("POST", path, {}), path);
  return { secretId: data.secret_id, accessor: data.secret_id_accessor };
}

export async function destroySecretId(
  client: EngineClient,
  role: string,
  accessor: string,
  mount = "approle",
): Promise<void> {
  const path = `auth/${mount}/role/${role}/secret-id-accessor/destroy`;
  await client.request("POST", path, { secret_id_accessor: accessor });
}

const RoleIdBody = v.object({ data: v.object({ role_id: v.string() }) });

const SecretIdBody = v.object({
  data: v.object({ secret_id: v.string(), secret_id_accessor: v.string() }),
});
