import pMap from "p-map";
import { digest } from "../inventory/digest";
import type { Inventory } from "../inventory/inventory";
import { COLLECTIONS } from "../inventory/login-paths";
import { record } from "../inventory/record";
import { CONFIGURED, PARTS } from "../inventory/trust";
import { textIn } from "../inventory/value";
import { AT_ONCE } from "./policies";
import type { ServerReader } from "./reader";

/** Whoever may log in, at every auth mount. A method that is not known here is a doubt. */
export async function readLogins(reader: ServerReader, inventory: Inventory): Promise<void> {
  const wanted: { readonly mount: string; readonly at: string; readonly type: string }[] = [];
  for (const { path, type } of inventory.authMounts) {
    const collections = COLLECTIONS[type];
    if (!collections) {
      inventory.doubts.push({ reason: `who may log in at auth/${path}/ (${type}) is not known here` });
    }
    if (CONFIGURED.has(type)) await readMethod(reader, inventory, `auth/${path}/config`);
    for (const part of PARTS[type] ?? []) await readMethod(reader, inventory, `auth/${path}/config/${part}`);
    if (type === "aws") await doubtTrust(reader, inventory, `auth/${path}/config`);
    for (const { list, read } of collections ?? []) {
      for (const name of await reader.list(`auth/${path}/${list}`)) {
        wanted.push({ mount: path, at: `auth/${path}/${read}/${name}`, type });
      }
    }
  }
  await pMap(wanted, (login) => readLogin(reader, inventory, login), { concurrency: AT_ONCE });
  // Answers come in any order; what is read says the same each time.
  inventory.logins.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The method itself: whom it trusts, and what everybody who logs in there gets. Engines leave out what is secret in it. */
async function readMethod(reader: ServerReader, inventory: Inventory, at: string): Promise<void> {
  const settings = await reader.get(at);
  if (settings) record(inventory, { path: at, settings, label: at });
}

/** Endpoints, accounts and signers whose word an AWS method takes: these are not compared. */
async function doubtTrust(reader: ServerReader, inventory: Inventory, config: string): Promise<void> {
  inventory.doubts.push({ reason: `whom ${config}/client trusts is not read: it holds a half of a key` });
  for (const [list, read] of [
    ["sts", "sts"],
    ["certificates", "certificate"],
  ]) {
    for (const name of await reader.list(`${config}/${list}`)) {
      const at = `${config}/${read}/${name}`;
      inventory.doubts.push({
        reason: `whom ${at} lets in is not compared`,
        content: digest(await reader.get(at)),
      });
    }
  }
}

async function readLogin(
  reader: ServerReader,
  inventory: Inventory,
  { mount, at, type }: { readonly mount: string; readonly at: string; readonly type: string },
): Promise<void> {
  const settings = await reader.get(at);
  if (!settings) {
    // What may not be seen is a doubt already.
    if (!reader.hidden.has(at))
      inventory.doubts.push({ reason: `${at} is listed, and is not there to be read` });
    return;
  }
  const roleId =
    type === "approle" && hasAliases(inventory, mount) ? await reader.get(`${at}/role-id`) : undefined;
  const id = textIn(roleId?.role_id);
  const known = record(inventory, {
    path: at,
    settings,
    label: at,
    ...(id === undefined ? {} : { aliasNames: [id] }),
  });
  if (!known)
    inventory.doubts.push({ reason: `${at} has a name that is not followed`, content: digest(settings) });
}

function hasAliases({ authMounts, aliases }: Inventory, mount: string): boolean {
  const keys = authMounts.find(({ path }) => path === mount)?.keys ?? [];
  return aliases.some((alias) => keys.includes(alias.mount));
}
