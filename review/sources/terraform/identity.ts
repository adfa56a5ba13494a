import { listed } from "../../../base/words";
import { digest } from "../inventory/digest";
import { listOf } from "../inventory/identity";
import type { FoundEntity, FoundGroup, Inventory } from "../inventory/inventory";
import { record } from "../inventory/record";
import { isTrue, keyOf, type Settings, textIn, type Value } from "../inventory/value";
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
  return record(inventory, { path, settings: ownOf(values), label: address, keys: keys.reverse() });
}

/** What the provider writes: it leaves alone what is said to be kept elsewhere, whatever stands here. */
function ownOf(values: Settings): Settings {
  const elsewhere = Object.entries(values).flatMap(([name, value]) =>
    name.startsWith("external_") && isTrue(value) ? [name.slice("external_".length)] : [],
  );
  return Object.fromEntries(Object.entries(values).filter(([name]) => !elsewhere.includes(name)));
}

/** Resources that add to an entity or a group that another one made: by which setting, and what. */
const ADDITIONS: Readonly<
  Record<
    string,
    { readonly by: string; readonly add: (to: Inventory, key: string, from: Settings) => boolean }
  >
> = {
  vault_identity_entity_policies: {
    by: "entity_id",
    add: ({ entities }, key, { policies }) =>
      amend(entities, key, (entity) => withPolicies(entity, policies)),
  },
  vault_identity_group_policies: {
    by: "group_id",
    add: ({ groups }, key, { policies }) => amend(groups, key, (group) => withPolicies(group, policies)),
  },
  vault_identity_group_member_entity_ids: {
    by: "group_id",
    add: ({ groups }, key, { member_entity_ids: ids }) =>
      amend(groups, key, (group) => ({
        ...group,
        memberEntities: [...group.memberEntities, ...listOf(ids)],
      })),
  },
  vault_identity_group_member_group_ids: {
    by: "group_id",
    add: ({ groups }, key, { member_group_ids: ids }) =>
      amend(groups, key, (group) => ({ ...group, memberGroups: [...group.memberGroups, ...listOf(ids)] })),
  },
};

/**
 * Adds to what was made, once everything is made.
 * @returns whether the resource is such an addition
 */
export function addToIdentity(
  inventory: Inventory,
  { address, type, values }: TerraformResource,
  all: readonly TerraformResource[],
): boolean {
  const addition = ADDITIONS[type];
  if (!addition) return false;
  const key = keyOf(values[addition.by]);
  const others = all.filter((each) => each.type === type && keyOf(each.values[addition.by]) === key);
  // By default each puts its own in place of all that is there.
  if (others.length > 1 && values.exclusive !== false && values.exclusive !== "false")
    inventory.doubts.push({
      reason: `${address} takes away what ${listed(others.flatMap((each) => (each.address === address ? [] : [each.address])))} gives, or the other way round`,
      content: digest(others.map((each) => each.values)),
    });
  const content = digest(values);
  if (key === undefined || !addition.add(inventory, key, values))
    inventory.doubts.push({ reason: `whom ${address} gives policies or members to is not known`, content });
  return true;
}

/** A list of policies is one value: what of it is not known is told as one. */
function withPolicies<T extends FoundEntity | FoundGroup>(thing: T, policies: Value): T {
  return { ...thing, policies: [...thing.policies, listOf(policies)] };
}

/** @returns whether one of them goes by the key */
function amend<T extends { readonly keys: readonly string[] }>(
  things: T[],
  key: string,
  change: (thing: T) => T,
): boolean {
  const index = things.findIndex(({ keys }) => keys.includes(key));
  const thing = things[index];
  if (thing) things[index] = change(thing);
  return thing !== undefined;
}
