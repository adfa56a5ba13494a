import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Deployment } from "../stacks/deployment";

/** What a state knows of a stack, as Terraform's addresses: `docker_container.server`. Empty where there is no state. */
export async function addressesInState(
  deployment: Deployment,
  kind: "server" | "access",
): Promise<Set<string>> {
  const path = join("state", `${deployment.instance}-${kind}.tfstate`);
  if (!existsSync(path)) return new Set();
  const state = JSON.parse(await readFile(path, "utf8")) as { resources?: { type: string; name: string }[] };
  return new Set((state.resources ?? []).map(({ type, name }) => `${type}.${name}`));
}
