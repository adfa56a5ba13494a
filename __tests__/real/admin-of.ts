import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EngineClient } from "../../engine/client";
import type { Stage } from "./stage";

/** Runs `use` with the token that Terraform has: it may configure the server and read no secret. */
export async function withAdminToken<T>(stage: Stage, use: (client: EngineClient) => Promise<T>): Promise<T> {
  const file = join(stage.home, `dev-${stage.instance}`, "terraform.token");
  const client = new EngineClient({ address: stage.address, token: readFileSync(file, "utf8").trim() });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
