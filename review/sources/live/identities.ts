import pMap from "p-map";
import type { Inventory } from "../inventory/inventory";
import { record } from "../inventory/record";
import { settingsIn, textIn, type Value } from "../inventory/value";
import { AT_ONCE } from "./policies";
import type { ServerReader } from "./reader";

/** Entities with their aliases, and groups. */
export async function readIdentities(reader: ServerReader, inventory: Inventory): Promise<void> {
  for (const kind of ["entity", "group"]) {
    const ids = await reader.list(`identity/${kind}/id`);
    const found = await pMap(ids, (id) => reader.get(`identity/${kind}/id/${id}`), { concurrency: AT_ONCE });
    for (const settings of found) {
      if (!settings) continue;
      const id = textIn(settings.id) ?? "";
      record(inventory, {
        path: `identity/${kind}`,
        settings,
        label: `identity/${kind}/id/${id}`,
        keys: [id],
      });
      if (kind === "entity") addAliases(inventory, id, settings.aliases);
    }
  }
}

function addAliases(inventory: Inventory, entity: string, aliases: Value): void {
  for (const alias of (Array.isArray(aliases) ? aliases : []) as readonly Value[]) {
    const { name, mount_accessor: mount } = settingsIn(alias);
    if (textIn(name) && textIn(mount)) {
      inventory.aliases.push({ name: String(name), mount: String(mount), entity });
    }
  }
}
