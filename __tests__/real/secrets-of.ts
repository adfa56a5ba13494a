import { randomBytes } from "node:crypto";
import { EngineClient } from "../../engine/client";
import type { Stage } from "./stage";

/** One value in a secret of each system, as a team would have stored it. */
export const SECRETS = [
  "datligent/data/mcp/shared/deepl",
  "secret/data/database/connection",
  "secret/data/project/consilio/stripe_api_key",
  "secret/data/meta/cloudflare/api_token",
  "secret/data/goblin-assistant/providers/openai-gpt4",
  "secret/data/database/postgres",
] as const;

/** Values that were stored through the API and nowhere else: whoever finds one elsewhere has found a leak. */
export type Values = ReadonlyMap<string, string>;

export async function storeValues(stage: Stage): Promise<Values> {
  const values = new Map(SECRETS.map((path) => [path, `canary-${randomBytes(18).toString("hex")}`]));
  await withOperator(stage, async (client) => {
    for (const [path, value] of values) await client.request("POST", path, { data: { value } });
  });
  return values;
}

export async function readValues(stage: Stage): Promise<Values> {
  return withOperator(stage, async (client) => {
    const found = new Map<string, string>();
    for (const path of SECRETS) {
      const answer = await client.request<{ data: { data: { value: string } } }>("GET", path);
      found.set(path, answer.data.data.value);
    }
    return found;
  });
}

async function withOperator<T>(stage: Stage, use: (client: EngineClient) => Promise<T>): Promise<T> {
  const client = new EngineClient({ address: stage.address, token: await stage.operatorToken() });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
