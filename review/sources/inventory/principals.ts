import { policyName } from "../../../policies/policy-name";
import type { Constraint, Doubt, HeldPolicy, RevisionPrincipal, RevisionPrincipalKind } from "../../model";
import { aliasNamesOf } from "./alias-names";
import { constraintsOf } from "./constraints";
import { digest } from "./digest";
import { type Held, Identities } from "./identities";
import type {
  FoundAlias,
  FoundAuthMount,
  FoundEntity,
  FoundGroup,
  FoundLogin,
  FoundMethod,
  Inventory,
} from "./inventory";
import { kindOf, titleOf } from "./login-paths";
import { Methods } from "./methods";
import { rolePolicies } from "./role-policies";
import { keyOf, Unresolved, type Value } from "./value";

/** Principals of an inventory, and what could not be told about them. */
export interface FoundPrincipals {
  readonly principals: readonly RevisionPrincipal[];
  readonly doubts: readonly Doubt[];
}

/**
 * Who logs in, with everything that a login brings: the role's policies, `default`, the entity's and its groups'. A login
 * that always makes the same entity carries it; one that can make several stands once alone and once as each of them; an
 * entity that no login is known to make, and every group, is a principal of its own.
 * @param policyNames the names there are, for roles that name patterns
 */
export function principalsOf(inventory: Inventory, policyNames: readonly string[]): FoundPrincipals {
  return new Principals(inventory, policyNames).all();
}

class Principals {
  readonly #identities: Identities;
  readonly #methods: Methods;
  /** Policies that ask who somebody is. */
  readonly #templated: ReadonlySet<string>;
  readonly #principals: RevisionPrincipal[] = [];
  readonly #doubts: Doubt[] = [];
  readonly #mounts: ReadonlyMap<string, FoundAuthMount>;
  readonly #entities: ReadonlyMap<string, FoundEntity>;
  /** By the name that the alias has at its mount. */
  readonly #aliases: ReadonlyMap<string, readonly FoundAlias[]>;

  constructor(
    private readonly inventory: Inventory,
    private readonly policyNames: readonly string[],
  ) {
    this.#identities = new Identities(inventory);
    this.#methods = new Methods(inventory);
    const templated = inventory.policies.filter(
      ({ name, text }) => name !== "default" && text?.includes("{{"),
    );
    this.#templated = new Set(templated.map(({ name }) => policyName(name)));
    this.#mounts = mountsByPath(inventory.authMounts);
    this.#entities = new Map(inventory.entities.flatMap((each) => each.keys.map((key) => [key, each])));
    this.#aliases = groupBy(inventory.aliases, ({ name }) => name);
  }

  all(): FoundPrincipals {
    const carried = new Set<string>();
    for (const login of this.inventory.logins) {
      for (const alias of this.#login(login)) carried.add(alias);
    }
    for (const method of this.#methods.givers()) this.#everybody(method);
    const aliasesOf = groupBy(this.inventory.aliases, ({ entity }) => entity);
    for (const entity of this.inventory.entities) {
      const aliases = [...new Set(entity.keys)].flatMap((key) => aliasesOf.get(key) ?? []);
      const known = aliases.length > 0 && aliases.every((alias) => carried.has(aliasId(alias)));
      if (known || entity.disabled) continue;
      const held = this.#identities.ofEntity(entity);
      this.#identity("entity", entity, held, this.#templateBounds(entity, [held]));
    }
    this.#looseAliases(carried);
    for (const group of this.inventory.groups) {
      this.#identity("group", group, this.#identities.ofGroup(group), this.#aliasBounds(group));
      const strange = [...group.memberEntities, ...group.memberGroups].filter((each) =>
        this.#leadsNowhere(each),
      );
      if (strange.length > 0) {
        const reason = `who is in the group "${group.name}" is not known`;
        const principals = [identityName("group", group.name)];
        this.#doubts.push({ reason, principals, content: digest(strange) });
      }
    }
    this.#strangeGroups();
    return { principals: this.#principals, doubts: this.#doubts };
  }

  /** An alias that lets somebody into a group that the source does not have. */
  #strangeGroups(): void {
    if (!this.inventory.isPart) return;
    for (const { name, mount, group } of this.inventory.groupAliases) {
      if (this.inventory.groups.some(({ keys }) => keys.includes(group))) continue;
      const reason = `which group the alias "${wordsOf(name)}" lets somebody into is not known`;
      this.#doubts.push({ reason, content: digest([mount, group]) });
    }
  }

  /**
   * An alias that is written as an expression and meets no login: somebody's login carries that entity, and nobody can
   * say whose.
   */
  #looseAliases(carried: ReadonlySet<string>): void {
    const keys = new Set(this.inventory.authMounts.flatMap((mount) => mount.keys));
    for (const alias of this.inventory.aliases) {
      if (carried.has(aliasId(alias))) continue;
      const entity = this.#entities.get(alias.entity);
      if (alias.label === undefined) {
        this.#strangeAlias(alias, entity, keys);
        continue;
      }
      this.#doubts.push({
        reason: `whom the entity alias ${alias.label} ties to what is not known`,
        content: digest(Object.values(alias)),
        ...(entity ? { principals: [identityName("entity", entity.name)] } : {}),
      });
    }
  }

  /** An alias of a method that the source does not have: one of its logins may carry that entity. */
  #strangeAlias(
    { name, mount, entity: id }: FoundAlias,
    entity: FoundEntity | undefined,
    keys: ReadonlySet<string>,
  ): void {
    if (!entity && this.inventory.isPart) {
      const reason = `which entity the alias "${name}" ties a login to is not known`;
      this.#doubts.push({ reason, content: digest([mount, id]) });
    }
    if (keys.has(mount) || !entity) return;
    this.#doubts.push({
      reason: `which auth method the alias "${name}" of the entity ${entity.name} belongs to is not known`,
      content: digest(mount),
      principals: [identityName("entity", entity.name)],
    });
  }

  /** An id that is gone from the server is none any more; an expression has to lead to something that is here. */
  #leadsNowhere(member: Value): boolean {
    const key = keyOf(member);
    const maybe = member instanceof Unresolved || this.inventory.isPart === true;
    return maybe && !(key !== undefined && this.#identities.knows(key));
  }

  /** @returns the aliases that this login is known to use */
  #login(login: FoundLogin): string[] {
    const kind = login.kind ?? kindOf(this.#mounts.get(login.mount)?.type ?? login.mount);
    const names = aliasNamesOf(login, kind) ?? [];
    const made = this.#made(login.mount, names);
    const [only] = made;
    if (names.length === 1 && only) {
      this.#add(login, kind, only.entity);
      return [only.id];
    }
    this.#add(login, kind);
    for (const { entity } of made) this.#add(login, kind, entity, ` as ${entity.name}`);
    return made.map(({ id }) => id);
  }

  /** The entities that logins at the mount under these names are. */
  #made(mount: string, names: readonly string[]): { readonly id: string; readonly entity: FoundEntity }[] {
    const keys = this.#mounts.get(mount)?.keys ?? [];
    return names
      .flatMap((name) => this.#aliases.get(name) ?? [])
      .filter((alias) => keys.includes(alias.mount))
      .flatMap((alias) => {
        const entity = this.#entities.get(alias.entity);
        return entity ? [{ id: aliasId(alias), entity }] : [];
      });
  }

  #add(login: FoundLogin, kind: RevisionPrincipalKind, entity?: FoundEntity, suffix = ""): void {
    const name = `${login.path}${suffix}`;
    const role = rolePolicies(kind, login.settings, this.policyNames);
    const method = this.#methods.of(login.mount);
    const groups = this.#methods.ofGroups(login);
    const brought: Held = entity ? this.#identities.ofEntity(entity) : { holds: [], unknown: [] };
    const forTemplates = entity && this.#identities.forTemplates(entity);
    this.#principals.push({
      name,
      kind,
      title: `${titleOf(kind, login)}${suffix}`,
      // The tokens of an entity that is disabled are refused, whatever they carry.
      holds: entity?.disabled ? [] : once([role, groups, method, brought].flatMap(({ holds }) => holds)),
      constraints: [
        ...constraintsOf(kind, login.settings),
        ...this.#methods.boundsOf(login.mount),
        ...(entity ? this.#templateBounds(entity, [role, groups, method, brought]) : []),
      ],
      ...(forTemplates ? { entity: forTemplates } : {}),
      ...this.#credentialsOf(login),
      ...(login.place ? { place: login.place } : {}),
    });
    this.#doubt(
      name,
      [role, groups, method, brought].flatMap(({ unknown }) => unknown),
    );
  }

  /** Who the entity is, where a policy that it holds asks for it. */
  #templateBounds(entity: FoundEntity, all: readonly Held[]): Constraint[] {
    const asks = all.some(({ holds }) => holds.some(({ policy }) => this.#templated.has(policyName(policy))));
    return asks ? this.#identities.boundsForTemplates(entity) : [];
  }

  /** Whoever logs in by a method that hands out policies by itself. */
  #everybody(method: FoundMethod): void {
    const { mount, place } = method;
    const { holds, unknown } = this.#methods.ofStranger(method);
    const name = `auth/${mount}/config`;
    this.#principals.push({
      name,
      kind: "other",
      title: `Everybody at auth/${mount}`,
      holds: once(holds),
      constraints: this.#methods.boundsOf(mount),
      ...(place ? { place } : {}),
    });
    this.#doubt(name, unknown);
  }

  /** Who gets into a group from outside, and whose word is taken for it. */
  #aliasBounds({ keys }: FoundGroup): Constraint[] {
    return this.inventory.groupAliases
      .filter(({ group }) => keys.includes(group))
      .flatMap(({ name, mount }): Constraint[] => {
        const at = this.inventory.authMounts.find((each) => each.keys.includes(keyOf(mount) ?? ""))?.path;
        const from = at === undefined ? wordsOf(mount) : `auth/${at}`;
        const value = `${wordsOf(name)} of ${from}`;
        return [
          { name: "alias", kind: "exact", value },
          ...(at === undefined ? [] : this.#methods.boundsOf(at)),
        ];
      });
  }

  /** Whoever sees what hands out a credential can log in with it. */
  #credentialsOf({ path }: FoundLogin): Pick<RevisionPrincipal, "credentials"> {
    const { credentials } = this.inventory;
    if (!credentials) return {};
    const labels = credentials.filter(({ login }) => login === path).map(({ label }) => label);
    return { credentials: [...new Set(labels)].sort() };
  }

  #identity(
    kind: "entity" | "group",
    thing: Pick<FoundEntity, "name" | "place">,
    { holds, unknown }: Held,
    constraints: readonly Constraint[] = [],
  ): void {
    const name = identityName(kind, thing.name);
    this.#doubt(name, unknown);
    if (holds.length === 0 && unknown.length === 0) return;
    this.#principals.push({
      name,
      kind,
      title: `${kind === "group" ? "Group" : "Entity"} ${thing.name}`,
      holds: once(holds),
      constraints,
      ...(thing.place ? { place: thing.place } : {}),
    });
  }

  #doubt(name: string, unknown: readonly string[]): void {
    if (unknown.length === 0) return;
    const reason = `which policies ${name} holds is not known: ${unknown.join(", ")}`;
    this.#doubts.push({ reason, principals: [name] });
  }
}

/** One that is declared in one place and looked up in others goes by all their keys. */
function mountsByPath(mounts: readonly FoundAuthMount[]): Map<string, FoundAuthMount> {
  const byPath = new Map<string, FoundAuthMount>();
  for (const mount of mounts) {
    const known = byPath.get(mount.path);
    byPath.set(mount.path, known ? { ...known, keys: [...known.keys, ...mount.keys] } : mount);
  }
  return byPath;
}

function groupBy<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group) group.push(thing);
    else groups.set(keyOf(thing), [thing]);
  }
  return groups;
}

/** A text, or the expression that nobody knows the value of. */
function wordsOf(value: Value): string {
  return value instanceof Unresolved ? `not known: ${value.words}` : String(value ?? "");
}

function identityName(kind: "entity" | "group", name: string): string {
  return `identity/${kind}/name/${name}`;
}

function aliasId({ mount, name }: { readonly mount: string; readonly name: string }): string {
  return `${mount}\n${name}`;
}

/** Each policy by each way, once. */
function once(holds: readonly HeldPolicy[]): HeldPolicy[] {
  const named = holds.map((held) => ({ ...held, policy: held.policy.trim().toLowerCase() }));
  return [...new Map(named.map((held) => [`${held.policy}\n${held.by}\n${held.through}`, held])).values()];
}
