import { policyName } from "../../policies/policy-name";
import type { AccessRevision, RevisionPrincipal } from "../model";
import type { AuditEntry, RecordedToken } from "./audit-entry";
import { BoundedMap } from "./bounded-map";
import {
  byPolicies,
  type Compiled,
  compiled,
  GONE,
  type HolderSide,
  isSame,
  isUntouched,
  knownOf,
  sideOf,
  unknown,
} from "./holder-side";
import { Logins, principalAt } from "./logins";

/** Who sent recorded requests, and what each revision lets them do. */
export interface Holder {
  /** Numbers holders. */
  readonly id: number;
  /** As people say it: `AppRole dotmac`; `Tokens with ci, default` where no principal is known. */
  readonly title: string;
  /** The principal, in the last revision that has it; absent where the token's own policies decide. */
  readonly principal?: RevisionPrincipal;
  /** One for each revision. */
  readonly sides: readonly HolderSide[];
  /** Whether every revision lets them do the very same. */
  readonly same: boolean;
  /** Whether the policies that the log has for the token are others than the first revision's. */
  readonly otherPolicies: boolean;
}

/** The same for requests of one holder that every policy decides alike. */
export function requestKey({ id }: Holder, entry: AuditEntry): string {
  const { operation, wrapTtl = "", parameters, namespace, path } = entry;
  return `${id} ${operation} ${wrapTtl} ${parameters.join()} ${namespace}${path}`;
}

/** Finds the holders of recorded tokens. `default` counts as the engine has it where a revision says nothing of it. */
export class Holders {
  readonly #sides: readonly Compiled[];
  readonly #logins: Logins;
  readonly #known = new BoundedMap<string, Holder>(20_000);
  readonly #byTitle = new Map<string, Holder>();
  #count = 0;

  /** @param now milliseconds since 1970, for rules that expire */
  constructor(revisions: readonly AccessRevision[], now?: number) {
    this.#sides = revisions.map((given) => {
      return compiled(given, now);
    });
    this.#logins = new Logins(revisions);
  }

  /** Remembers the logins that the log shows; every entry has to pass here before `of` is asked about later ones. */
  learn(entry: AuditEntry): void {
    if (entry.issued) this.#logins.learn(entry);
  }

  of(token: RecordedToken): Holder {
    const path = this.#logins.pathOf(token);
    const key = `${path ?? token.displayName}\n${token.role ?? ""}\n${token.policies.join()}\n${token.identityPolicies.join()}\n${path === undefined ? "" : token.entityId}`;
    let holder = this.#known.get(key);
    if (!holder) {
      holder = this.#shared(this.#find(path, token));
      this.#known.set(key, holder);
    }
    return holder;
  }

  /** Entities of one role are one holder as long as they may do the same. */
  #shared(found: Omit<Holder, "id">): Holder {
    const sides = found.sides.map((side) =>
      side.kind === "known" ? side.policies.join() : side.kind === "gone" ? "gone" : side.why,
    );
    const key = `${found.title}\n${found.otherPolicies}\n${found.same}\n${sides.join("\n")}`;
    let holder = this.#byTitle.get(key);
    if (!holder) {
      holder = { id: this.#count++, ...found };
      this.#byTitle.set(key, holder);
    }
    return holder;
  }

  #find(path: string | undefined, token: RecordedToken): Omit<Holder, "id"> {
    const found = this.#sides.map(({ revision }) =>
      path === undefined ? undefined : principalAt(revision, path, token),
    );
    const principals = found.filter((each): each is RevisionPrincipal => typeof each === "object");
    const principal = principals.at(-1);
    if (!principal || found.includes("ambiguous")) {
      const ambiguous = found.includes("ambiguous");
      const sides = this.#sides.map((side) =>
        ambiguous
          ? unknown(`which entity of ${path} asks is not known`, knownOf(side, token.policies))
          : byPolicies(side, this.#sides[0], token),
      );
      const same = !ambiguous && isUntouched(token, this.#sides);
      return { title: titleOf(token, path), sides, same, otherPolicies: false };
    }
    const declared = new Set(
      principals.flatMap(({ holds }) => holds.map(({ policy }) => policyName(policy))),
    );
    const extra = token.identityPolicies.map(policyName).filter((name) => !declared.has(name));
    const sides = this.#sides.map((side, index) => {
      const own = found[index];
      // What the first revision has not, but the log has, is decided by the token's own policies.
      if (typeof own !== "object") return index === 0 ? byPolicies(side, side, token) : GONE;
      return sideOf(side, own, extra);
    });
    const first = sides[0];
    const recorded = [...new Set(token.policies.map(policyName))].sort().join();
    const { title } = principal;
    const otherPolicies = first?.kind === "known" && first.policies.join() !== recorded;
    return { title, principal, sides, same: isSame(found, extra, this.#sides), otherPolicies };
  }
}

function titleOf(token: RecordedToken, path: string | undefined): string {
  if (path !== undefined) return path;
  if (token.policies.includes("root")) return "root tokens";
  const policies = `with ${token.policies.join(", ") || "no policy"}`;
  return token.role === undefined
    ? `Tokens ${policies}`
    : `Login ${token.role} (${token.displayName}), ${policies}`;
}
