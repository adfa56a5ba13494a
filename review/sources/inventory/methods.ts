import type { Constraint, HeldPolicy } from "../../model";
import { constraintsOf } from "./constraints";
import type { Held } from "./identities";
import type { FoundLogin, FoundMethod, Inventory } from "./inventory";
import { rolePolicies } from "./role-policies";
import { trustOf } from "./trust";
import { type Settings, settingsIn, textsOf } from "./value";

/** Methods by which everybody in a directory logs in, whether or not a group or a user of it is known here. */
const DIRECTORIES: ReadonlySet<string> = new Set(["github", "kerberos", "ldap", "okta", "radius"]);

const NOTHING: Held = { holds: [], unknown: [] };

/** Auth methods by themselves: what everybody who logs in there gets, and whose word they take. */
export class Methods {
  readonly #methods = new Map<string, FoundMethod>();
  readonly #types: ReadonlyMap<string, string>;
  readonly #groups: ReadonlyMap<string, FoundLogin>;
  /** Those that have more than how they are tuned. */
  readonly #configured: ReadonlySet<string>;

  /** Whether there may be groups that are not here. */
  readonly #isPart: boolean;

  constructor(inventory: Inventory) {
    this.#isPart = inventory.isPart === true;
    for (const method of inventory.methods) {
      const known = this.#methods.get(method.mount);
      const settings = { ...settingsIn(known?.settings), ...method.settings };
      this.#methods.set(method.mount, { ...known, ...method, settings });
    }
    const configured = inventory.methods.filter(({ part }) => part !== "/tune");
    this.#configured = new Set(configured.map(({ mount }) => mount));
    this.#types = new Map(inventory.authMounts.map(({ path, type }) => [path, type]));
    const groups = inventory.logins.filter(({ path }) => /\/groups\//.test(path));
    this.#groups = new Map(groups.map((login) => [login.path.toLowerCase(), login]));
  }

  /** Methods by which somebody without a role can log in, or gets policies. */
  givers(): readonly FoundMethod[] {
    return [...this.#methods.values()].filter(({ mount, settings }) => {
      if (DIRECTORIES.has(this.#types.get(mount) ?? "") && this.#configured.has(mount)) return true;
      const { holds, unknown } = join(this.of(mount), unregistered(settings));
      return holds.length > 0 || unknown.length > 0;
    });
  }

  /** What everybody who logs in at the mount gets beside `default`. */
  of(mount: string): Held {
    const method = this.#methods.get(mount);
    return method ? named(rolePolicies("other", method.settings, [])) : NOTHING;
  }

  /** What somebody gets there who has no role: that, `default`, and what RADIUS gives to those it does not know. */
  ofStranger({ settings }: FoundMethod): Held {
    return join(rolePolicies("other", settings, []), unregistered(settings));
  }

  /** What the groups bring that a user of a directory is put into (LDAP and Okta; names without regard to case). */
  ofGroups({ mount, path, settings }: FoundLogin): Held {
    if (!/\/users\/[^/]+$/.test(path)) return NOTHING;
    const { texts, unresolved } = textsOf(settings.groups);
    const brought = texts.flatMap((name) => {
      const group = this.#groups.get(`auth/${mount}/groups/${name}`.toLowerCase());
      if (group) return [named(rolePolicies("other", group.settings, []))];
      return this.#isPart ? [{ holds: [], unknown: [`those of the group ${name}`] }] : [];
    });
    return join({ holds: [], unknown: unresolved.map(({ words }) => words) }, ...brought);
  }

  /** Whom the method trusts, as bounds of each login there. */
  boundsOf(mount: string): Constraint[] {
    const settings = this.#methods.get(mount)?.settings ?? {};
    // LDAP, GitHub and Okta bind the tokens of all logins at once.
    const tokens = constraintsOf("other", settings).filter(({ name }) => name.startsWith("token_"));
    return [...trustOf(settings), ...tokens.map((each) => ({ ...each, name: `config.${each.name}` }))];
  }
}

function unregistered(settings: Settings): Held {
  const { texts, unresolved } = textsOf(settings.unregistered_user_policies);
  return {
    holds: texts.map((policy): HeldPolicy => ({ policy, by: "role" })),
    unknown: unresolved.map(({ words }) => words),
  };
}

function named({ holds, unknown }: Held): Held {
  return { holds: holds.filter(({ by }) => by === "role"), unknown };
}

function join(...all: readonly Held[]): Held {
  return { holds: all.flatMap(({ holds }) => holds), unknown: all.flatMap(({ unknown }) => unknown) };
}
