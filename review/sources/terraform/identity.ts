import { listOf } from "../inventory/identity";
import type { FoundEntity, FoundGroup, Inventory } from "../inventory/inventory";
import { record } from "../inventory/record";
import { keyOf, textIn, type Value } from "../inventory/value";
import type { TerraformResource } from "./resource";

/** Resources that make an entity, a group or an alias, and where the API keeps them. */
const THINGS: Readonly<Record<string, string>> = {
  vault_identity_entity: "identity/entity",
  vault_identity_group: "identity/group",
  vault_identity_entity_alias: "identity/entity-alias",
  vault_identity_group_alias: "identity/group-alias",
};

/** Adds an entity, a group or an alias. @returns whether the resource is one */
export function addIdentity(inventory: Inventory, { address, type, values }: TerraformResource): boolean {
  const path = THINGS[type];
  if (path === undefined) return false;
  const keys = [`${address}.id`, ...[values.id].flatMap((id) => textIn(id) ?? [])];
  // The server's id goes first: templates ask for it.
  return record(inventory, { path, settings: values, label: address, keys: keys.reverse() });
}

/** Resources that add to an entity or a group that another one made. */
const ADDITIONS: Readonly<
  Record<string, { readonly to: string; readonly what: string; readonly by: string }>
> = {
  vault_identity_entity_policies: { to: "entities", what: "policies", by: "entity_id" },
  vault_identity_group_policies: { to: "groups", what: "policies", by: "group_id" },
  vault_identity_group_member_entity_ids: { to: "groups", what: "memberEntities", by: "group_id" },
  vault_identity_group_member_group_ids: { to: "groups", what: "memberGroups", by: "group_id" },
};

const ATTRIBUTES: Readonly<Record<string, string>> = {
  policies: "policies",
  memberEntities: "member_entity_ids",
  memberGroups: "member_group_ids",
};

/**
 * Adds to what was made, once everything is made.
 * @returns whether the resource is such an addition
 */
export function addToIdentity(inventory: Inventory, { address, type, values }: TerraformResource): boolean {
  const addition = ADDITIONS[type];
  if (!addition) return false;
  const things = (addition.to === "groups" ? inventory.groups : inventory.entities) as (
    | FoundGroup
    | FoundEntity
  )[];
  const key = keyOf(values[addition.by]);
  const index = things.findIndex((thing) => key !== undefined && thing.keys.includes(key));
  const thing = things[index];
  if (!thing) {
    inventory.doubts.push({ reason: `whom ${address} gives policies or members to is not known` });
    return true;
  }
  const added = listOf(values[ATTRIBUTES[addition.what] ?? ""]);
  const before = (thing as unknown as Readonly<Record<string, readonly Value[]>>)[addition.what] ?? [];
  // A list of policies is one value; members are a value each.
  const more = addition.what === "policies" ? [added] : added;
  things[index] = { ...thing, [addition.what]: [...before, ...more] };
  return true;
}
