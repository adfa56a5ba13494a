import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deployment } from "../stacks/deployment";

/** Whether the state of this clone holds the server's container: whether it was this clone that made it. */
export async function stateHasServer(deployment: Deployment): Promise<boolean> {
  const path = join("state", `${deployment.instance}-server.tfstate`);
  if (!existsSync(path)) return false;
  const state = JSON.parse(await readFile(path, "utf8")) as { resources?: { type: string; name: string }[] };
  return (state.resources ?? []).some(({ type, name }) => type === "docker_container" && name === "server");
}
