import { digest } from "../inventory/digest";
import type { Inventory } from "../inventory/inventory";
import { KNOWN_SETTINGS } from "../inventory/login-settings";
import { record } from "../inventory/record";
import type { Settings } from "../inventory/value";
import type { Roles } from "./roles";

/** Who answers for a principal, by its name. */
export type Owners = ReadonlyMap<string, { readonly owner?: string; readonly system?: string }>;

/** Adds what a roles file says, as the engine's API would be told it. */
export function addRoles(inventory: Inventory, { content, placeOf }: Roles): Owners {
  const { mounts = {}, roles = {}, entities = {}, groups = {} } = content;
  for (const [path, { type, version }] of Object.entries(mounts)) {
    const options = version === undefined ? {} : { options: { version: String(version) } };
    const place = placeOf("mounts", path);
    record(inventory, { path: `sys/mounts/${path}`, settings: { type, ...options }, label: path, place });
  }
  for (const [name, { policies, metadata }] of Object.entries(entities)) {
    const settings = { name, policies, metadata } as Settings;
    const place = placeOf("entities", name);
    record(inventory, { path: "identity/entity", settings, label: name, keys: [entityKey(name)], place });
  }
  for (const [name, { policies, members = [], groups: inside = [] }] of Object.entries(groups)) {
    const settings: Settings = {
      name,
      policies,
      member_entity_ids: members.map(entityKey),
      member_group_ids: inside.map(groupKey),
    };
    const place = placeOf("groups", name);
    record(inventory, { path: "identity/group", settings, label: name, keys: [groupKey(name)], place });
    const missing = [
      ...members.filter((each) => !(each in entities)).map((each) => `the entity "${each}" of`),
      ...inside.filter((each) => !(each in groups)).map((each) => `the group "${each}" in`),
    ];
    const principals = [`identity/group/name/${name}`];
    for (const what of missing)
      inventory.doubts.push({ reason: `${what} the group ${name} is not declared`, principals, place });
  }
  for (const [path, { policies, no_default_policy, settings, entity }] of Object.entries(roles)) {
    const place = placeOf("roles", path);
    const all = {
      ...settings,
      token_policies: policies,
      allowed_policies: policies,
      token_no_default_policy: no_default_policy,
    } as Settings;
    record(inventory, {
      path,
      settings: all,
      label: path,
      place,
      ...(entity === undefined ? {} : { aliasNames: [path] }),
    });
    for (const [setting, value] of Object.entries(settings ?? {})) {
      if (KNOWN_SETTINGS.has(setting)) continue;
      const reason = `what the setting ${setting} of ${path} does is not known here`;
      inventory.doubts.push({ reason, content: digest(value), principals: [path], place });
    }
    if (entity === undefined) continue;
    if (!(entity in entities)) {
      inventory.doubts.push({
        reason: `the entity "${entity}" of ${path} is not declared`,
        principals: [path],
        place,
      });
    }
    inventory.aliases.push({ name: path, mount: path, entity: entityKey(entity) });
    addKey(inventory, path);
  }
  return new Map(
    Object.entries(roles).map(([path, { owner, system }]) => [
      path,
      { ...(owner === undefined ? {} : { owner }), ...(system === undefined ? {} : { system }) },
    ]),
  );
}

/** The alias of a role belongs to the auth mount of the role, which a roles file does not name. */
function addKey(inventory: Inventory, path: string): void {
  const mount = inventory.logins.find((login) => login.path === path)?.mount;
  if (mount === undefined) return;
  const index = inventory.authMounts.findIndex((each) => each.path === mount);
  const known = inventory.authMounts[index] ?? { path: mount, type: mount, keys: [] };
  const keyed = { ...known, keys: [...known.keys, path] };
  if (index < 0) inventory.authMounts.push(keyed);
  else inventory.authMounts[index] = keyed;
}

const entityKey = (name: string): string => `entity:${name}`;
const groupKey = (name: string): string => `group:${name}`;
