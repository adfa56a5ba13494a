import type { AccessRevision, RevisionPrincipal } from "../model";
import type { AuditEntry, RecordedToken } from "./audit-entry";
import { BoundedMap } from "./bounded-map";

/** So many logins are remembered by their token; earlier ones are found by what each entry says of its token. */
const REMEMBERED = 50_000;

/** One login as sources name it: `auth/approle/role/ci`, and once more for each entity that it is known to make. */
interface Login {
  readonly path: string;
  readonly mount: string;
  readonly role: string;
}

const LOGIN = /^auth\/(.+?)\/(?:roles?|users?|certs|map\/users)\/([^/]+?)(?: as .+)?$/;

/**
 * Finds the principal behind a token: by the login that gave it, where the log has it, else by the name of the role and the
 * auth mount, which a token's display name begins with (its slashes as dashes).
 */
export class Logins {
  readonly #byRole = new Map<string, Login[]>();
  readonly #given = new BoundedMap<string, Login>(REMEMBERED);

  constructor(revisions: readonly AccessRevision[]) {
    const paths = new Set<string>();
    for (const { name } of revisions.flatMap(({ principals }) => principals)) {
      const [, mount, role] = LOGIN.exec(name) ?? [];
      const path = name.replace(/ as .+$/, "");
      if (mount === undefined || role === undefined || paths.has(path)) continue;
      paths.add(path);
      const key = role.toLowerCase();
      this.#byRole.set(key, [...(this.#byRole.get(key) ?? []), { path, mount, role }]);
    }
  }

  /** Remembers which login gave a token. */
  learn(entry: AuditEntry): void {
    const { issued } = entry;
    if (issued === undefined || issued.accessor === "" || entry.error !== "none") return;
    const mount = entry.mountPoint ?? entry.path.slice(0, entry.path.indexOf("/login") + 1);
    const role =
      mount === "auth/token/" ? /^auth\/token\/create\/([^/]+)$/.exec(entry.path)?.[1] : issued.role;
    const login = role && this.#named(role).find((each) => `auth/${each.mount}/` === mount);
    if (login) this.#given.set(issued.accessor, login);
  }

  /** The path of the role; `undefined` when nobody can tell, or no revision has it. */
  pathOf(token: RecordedToken): string | undefined {
    const given = token.accessor === "" ? undefined : this.#given.get(token.accessor);
    if (given) return given.path;
    if (token.role === undefined) return undefined;
    const fitting = this.#named(token.role).filter(({ mount }) => {
      const shown = mount.replaceAll("/", "-");
      return token.displayName === shown || token.displayName.startsWith(`${shown}-`);
    });
    const longest = Math.max(0, ...fitting.map(({ mount }) => mount.length));
    const best = fitting.filter(({ mount }) => mount.length === longest);
    return best.length === 1 ? best[0]?.path : undefined;
  }

  #named(role: string): readonly Login[] {
    return this.#byRole.get(role.toLowerCase()) ?? [];
  }
}

/**
 * The principal of a revision that a login at this path is: where the login can be of several entities, the one that the token
 * names, or the one whose policies it brings. `ambiguous` when that does not tell them apart.
 */
export function principalAt(
  revision: AccessRevision,
  path: string,
  token: RecordedToken,
): RevisionPrincipal | "ambiguous" | undefined {
  const plain = revision.principals.find(({ name }) => name === path);
  const entities = revision.principals.filter(({ name }) => name.startsWith(`${path} as `));
  if (entities.length === 0) return plain;
  const named = entities.find(({ entity }) => entity?.id !== undefined && entity.id === token.entityId);
  if (named) return named;
  const brought = [...token.identityPolicies].sort().join("\n");
  const same = [...entities, ...(plain ? [plain] : [])].filter(
    ({ holds }) =>
      [...new Set(holds.filter(({ by }) => by === "entity" || by === "group").map(({ policy }) => policy))]
        .sort()
        .join("\n") === brought,
  );
  return same.length === 1 ? same[0] : "ambiguous";
}
