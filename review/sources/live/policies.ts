import pMap from "p-map";
import type { Inventory } from "../inventory/inventory";
import { record } from "../inventory/record";
import type { ServerReader } from "./reader";

/** How many requests wait at once. */
export const AT_ONCE = 8;

/** Where the API keeps policies. */
export const POLICIES = "sys/policies/acl";

/** Every policy but `root`, which has no text. */
export async function readPolicies(reader: ServerReader, inventory: Inventory): Promise<void> {
  const names = (await reader.list(POLICIES)).filter((name) => name !== "root");
  const found = await pMap(
    names,
    async (name) => ({ name, settings: await reader.get(`${POLICIES}/${name}`) }),
    { concurrency: AT_ONCE },
  );
  for (const { name, settings = {} } of found) {
    record(inventory, { path: `${POLICIES}/${name}`, settings, label: "the token may not see it" });
  }
}
