import type { Entity } from "../../../policies/semantics/templates";
import type { Constraint, HeldPolicy } from "../../model";
import type { FoundEntity, FoundGroup, Inventory } from "./inventory";
import { keyOf, type Settings, textsOf, Unresolved } from "./value";

/** What a policy list gives: the policies, and the expressions in it that are not known. */
export interface Held {
  readonly holds: readonly HeldPolicy[];
  readonly unknown: readonly string[];
}

/** Entities and groups of an inventory, and what follows from belonging to them. */
export class Identities {
  readonly #parents = new Map<FoundGroup, FoundGroup[]>();
  readonly #groupsOfEntity = new Map<FoundEntity, FoundGroup[]>();

  readonly #keys: ReadonlySet<string>;

  constructor(private readonly inventory: Inventory) {
    const groups = byKey(inventory.groups);
    const entities = byKey(inventory.entities);
    this.#keys = new Set([...groups.keys(), ...entities.keys()]);
    for (const group of inventory.groups) {
      for (const child of found(group.memberGroups, groups)) add(this.#parents, child, group);
      for (const member of found(group.memberEntities, entities)) add(this.#groupsOfEntity, member, group);
    }
  }

  /** Whether an entity or a group goes by this id. */
  knows(key: string): boolean {
    return this.#keys.has(key);
  }

  /** What the entity brings to each of its logins: its own policies, those of its groups and of the groups that hold them. */
  ofEntity(entity: FoundEntity): Held {
    const own = heldBy(entity.policies, "entity", entity.name);
    return join([
      own,
      ...this.#allGroups(entity).map((group) => heldBy(group.policies, "group", group.name)),
    ]);
  }

  /** What being in the group brings. */
  ofGroup(group: FoundGroup): Held {
    return join(this.#upwards([group]).map((each) => heldBy(each.policies, "group", each.name)));
  }

  /** The entity as templates of policies see it, where the source knows its id. */
  forTemplates(entity: FoundEntity): Entity | undefined {
    const [id] = entity.keys;
    if (id === undefined || !/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id)) return undefined;
    return {
      id,
      name: entity.name,
      metadata: plain(entity.metadata),
      aliases: this.inventory.aliases
        .filter((alias) => alias.entity === id)
        .map((alias) => ({ id: "", mountAccessor: alias.mount, name: alias.name })),
      groups: this.#allGroups(entity).map((group) => ({
        id: group.keys[0] ?? "",
        name: group.name,
        metadata: plain(group.metadata),
      })),
    };
  }

  /** What templates of policies can ask of the entity beside ids, which not every source knows; as bounds, to be compared. */
  boundsForTemplates(entity: FoundEntity): Constraint[] {
    const groups = this.#allGroups(entity).map(({ name, metadata }) => `${name} ${wordsOf(metadata)}`.trim());
    return [
      { name: "entity.metadata", value: wordsOf(entity.metadata) },
      { name: "entity.groups", value: groups.sort().join(", ") },
    ].flatMap(({ name, value }) => (value === "" ? [] : [{ name, kind: "exact" as const, value }]));
  }

  #allGroups(entity: FoundEntity): FoundGroup[] {
    return this.#upwards(this.#groupsOfEntity.get(entity) ?? []);
  }

  /** These groups and all that hold them, each once; engines refuse circles, other sources may have one. */
  #upwards(start: readonly FoundGroup[]): FoundGroup[] {
    const seen = new Set<FoundGroup>(start);
    for (const group of seen) for (const parent of this.#parents.get(group) ?? []) seen.add(parent);
    return [...seen];
  }
}

function heldBy(lists: FoundEntity["policies"], by: "entity" | "group", through: string): Held {
  const read = lists.map(textsOf);
  return {
    holds: read.flatMap(({ texts }) => texts.map((policy) => ({ policy, by, through }))),
    unknown: read.flatMap(({ unresolved }) => unresolved.map(({ words }) => words)),
  };
}

function join(all: readonly Held[]): Held {
  return { holds: all.flatMap(({ holds }) => holds), unknown: all.flatMap(({ unknown }) => unknown) };
}

function byKey<T extends { readonly keys: readonly string[] }>(things: readonly T[]): Map<string, T> {
  return new Map(things.flatMap((thing) => thing.keys.map((key) => [key, thing])));
}

/** Members that the inventory knows; a server keeps ids of things that are gone. */
function found<T>(members: FoundGroup["memberGroups"], things: ReadonlyMap<string, T>): T[] {
  return members.flatMap((member) => things.get(keyOf(member) ?? "") ?? []);
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function wordsOf(settings: Settings): string {
  const entries = Object.entries(settings).map(
    ([name, value]) => `${name}=${value instanceof Unresolved ? `not known: ${value.words}` : String(value)}`,
  );
  return entries.sort().join(", ");
}

function plain(settings: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
