import type { CompiledModel } from "../../policies/queries/principal";
import { type AccessList, policyName } from "../../policies/semantics/access-list";
import { doubtsAbout } from "../ask/doubts";
import { compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { withOwnDefault } from "../sources/default-policy";
import type { AuditEntry, RecordedToken } from "./audit-entry";
import { BoundedMap } from "./bounded-map";
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

/** What a revision knows of a holder. */
export type HolderSide =
  | { readonly kind: "known"; readonly list: AccessList; readonly policies: readonly string[] }
  /** The role is not there any more: nobody gets such a token. */
  | { readonly kind: "gone" }
  | { readonly kind: "unknown"; readonly why: string };

interface Compiled {
  readonly revision: AccessRevision;
  readonly model: CompiledModel;
  readonly names: ReadonlySet<string>;
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
      const revision = { ...given, policies: policiesOf(given) };
      const names = new Set(revision.policies.map(({ name }) => policyName(name)));
      return { revision, model: compileRevision(revision, now), names };
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
    const key = `${found.title}\n${found.otherPolicies}\n${sides.join("\n")}`;
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
      const sides = this.#sides.map((side) =>
        found.includes("ambiguous")
          ? unknown(`which entity of ${path} asks is not known`)
          : byPolicies(side, this.#sides[0], token),
      );
      return { title: titleOf(token, path), sides, same: isSame(sides, this.#sides), otherPolicies: false };
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
    return { title, principal, sides, same: isSame(sides, this.#sides), otherPolicies };
  }
}

const GONE: HolderSide = { kind: "gone" };

function unknown(why: string): HolderSide {
  return { kind: "unknown", why };
}

/** As somebody who holds `default` sees them, for whoever sent these requests did. */
function policiesOf(revision: AccessRevision): AccessRevision["policies"] {
  const somebody = pseudo("somebody", ["default"]);
  return withOwnDefault({ ...revision, principals: [somebody] }).revision.policies;
}

function pseudo(name: string, policies: readonly string[]): RevisionPrincipal {
  const holds = policies.map((policy) => ({ policy, by: "role" as const }));
  return { name, kind: "other", title: name, holds, constraints: [] };
}

/** A token that is nobody's: the first revision must know all its policies; later ones may have removed some. */
function byPolicies(side: Compiled, first: Compiled | undefined, token: RecordedToken): HolderSide {
  const names = token.policies.map(policyName);
  const missing = names.filter((name) => name !== "root" && !(first ?? side).names.has(name));
  if (missing.length > 0)
    return unknown(
      `${(first ?? side).revision.label} has no principal for it, and not its ${missing.length === 1 ? "policy" : "policies"} ${missing.join(", ")}`,
    );
  return sideOf(side, pseudo("", names), []);
}

function sideOf(side: Compiled, principal: RevisionPrincipal, extra: readonly string[]): HolderSide {
  const doubts = doubtsAbout(side.revision, principal);
  if (doubts[0] !== undefined) return unknown(doubts[0]);
  const strange = extra.filter((name) => !side.names.has(name));
  if (strange.length > 0)
    return unknown(`its entity brings ${strange.join(", ")}, of which ${side.revision.label} knows nothing`);
  const policies = [
    ...new Set([...principal.holds.map(({ policy }) => policyName(policy)), ...extra]),
  ].sort();
  if (policies.includes("root") && policies.length > 1)
    return unknown("it holds root beside other policies, which no engine puts together");
  const { entity } = principal;
  const asked = { name: principal.name, policies, ...(entity === undefined ? {} : { entity }) };
  return { kind: "known", list: side.model.accessOf(asked), policies };
}

/** Whether the same texts decide on all sides, on the same engine and mounts. */
function isSame(sides: readonly HolderSide[], compiled: readonly Compiled[]): boolean {
  const [first, ...others] = sides.map((side, index) => essenceOf(side, compiled[index]));
  return others.every((other) => other !== undefined && other === first);
}

function essenceOf(side: HolderSide, compiled: Compiled | undefined): string | undefined {
  if (side.kind !== "known" || !compiled) return undefined;
  const { revision, model } = compiled;
  const rules = side.policies.map((name) => {
    const policy = model.policy(name);
    return [name, policy?.expiration, policy?.document.rules.map(({ comment: _, ...rule }) => rule)];
  });
  const mounts = revision.mounts.map(({ path, type }) => [path, type]);
  return JSON.stringify([revision.engine, rules, mounts]);
}

function titleOf(token: RecordedToken, path: string | undefined): string {
  if (path !== undefined) return path;
  if (token.policies.includes("root")) return "root tokens";
  const policies = `with ${token.policies.join(", ") || "no policy"}`;
  return token.role === undefined
    ? `Tokens ${policies}`
    : `Login ${token.role} (${token.displayName}), ${policies}`;
}
