import type { ApiObject } from "./api-object";
import { digest } from "./digest";
import type { Inventory } from "./inventory";
import { isTrue, keyOf, settingsIn, textIn, Unresolved, type Value } from "./value";

/** Adds an entity, a group or an alias. `rest` is the path below `identity/`. */
export function recordIdentity(inventory: Inventory, object: ApiObject, rest: string): boolean {
  // Below are other things too: entities are merged at `entity/merge`.
  const kind = /^(entity|group|entity-alias|group-alias)(\/(name|id)(\/|$)|$)/.exec(rest)?.[1];
  const named = /^(?:entity|group)\/(name|id)\/(.+)$/.exec(rest);
  if (kind === "entity") return recordEntity(inventory, object, named?.[2]);
  if (kind === "group") return recordGroup(inventory, object, named?.[2]);
  if (kind === "entity-alias") return recordAlias(inventory, object);
  return kind === "group-alias" && recordGroupAlias(inventory, object);
}

function recordEntity(inventory: Inventory, object: ApiObject, named: string | undefined): boolean {
  const { settings, keys = [], place } = object;
  const name = textIn(settings.name) ?? named ?? object.label;
  inventory.entities.push({
    keys: [...keys, ...[settings.id, named].flatMap((key) => textIn(key) ?? [])],
    name,
    policies: [settings.policies],
    metadata: settingsIn(settings.metadata),
    disabled: isTrue(settings.disabled),
    ...(place ? { place } : {}),
  });
  return true;
}

function recordGroup(inventory: Inventory, object: ApiObject, named: string | undefined): boolean {
  const { settings, keys = [], place } = object;
  const name = textIn(settings.name) ?? named ?? object.label;
  inventory.groups.push({
    keys: [...keys, ...[settings.id, named].flatMap((key) => textIn(key) ?? [])],
    name,
    policies: [settings.policies],
    memberEntities: listOf(settings.member_entity_ids),
    memberGroups: listOf(settings.member_group_ids),
    metadata: settingsIn(settings.metadata),
    ...(place ? { place } : {}),
  });
  // A server shows it inside of its group.
  const alias = settingsIn(settings.alias);
  const id = textIn(settings.id);
  if (textIn(alias.name) !== undefined && id !== undefined)
    inventory.groupAliases.push({ name: alias.name, mount: alias.mount_accessor, group: id });
  return true;
}

/** Who gets into a group from outside. */
function recordGroupAlias(inventory: Inventory, { settings, label }: ApiObject): boolean {
  const group = keyOf(settings.canonical_id);
  if (group === undefined) {
    const content = digest(settings);
    inventory.doubts.push({
      reason: `which group the alias ${label} lets somebody into is not known`,
      content,
    });
  } else inventory.groupAliases.push({ name: settings.name, mount: settings.mount_accessor, group });
  return true;
}

function recordAlias(inventory: Inventory, { settings, label }: ApiObject): boolean {
  const said = [settings.name, settings.mount_accessor, settings.canonical_id ?? settings.entity_id];
  const [name, mount, entity] = said.map(keyOf);
  if (name !== undefined && mount !== undefined && entity !== undefined) {
    const isOpen = said.some((value) => value instanceof Unresolved);
    inventory.aliases.push({ name, mount, entity, ...(isOpen ? { label } : {}) });
  } else {
    const content = digest(settings);
    inventory.doubts.push({ reason: `whom the entity alias ${label} ties to what is not known`, content });
  }
  return true;
}

/** A list, or the one value that stands for a whole list that is not known. */
export function listOf(value: Value): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}
