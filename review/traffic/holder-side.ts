import { policyName } from "../../policies/policy-name";
import type { CompiledModel } from "../../policies/queries/principal";
import type { AccessList } from "../../policies/semantics/access-list";
import { doubtsAbout } from "../ask/doubts";
import { compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { withOwnDefault } from "../sources/default-policy";
import type { RecordedToken } from "./audit-entry";

/** What a revision knows of a holder. */
export type HolderSide =
  | { readonly kind: "known"; readonly list: AccessList; readonly policies: readonly string[] }
  /** The role is not there any more: nobody gets such a token. */
  | { readonly kind: "gone" }
  /** With what is known of it, which may be less than it holds. */
  | { readonly kind: "unknown"; readonly why: string; readonly list?: AccessList };

/** A revision ready to be asked. */
export interface Compiled {
  readonly revision: AccessRevision;
  readonly model: CompiledModel;
  readonly names: ReadonlySet<string>;
}

/** The role is not there any more. */
export const GONE: HolderSide = { kind: "gone" };

/** Nobody can tell. @param list of what is known all the same */
export function unknown(why: string, list?: AccessList): HolderSide {
  return { kind: "unknown", why, ...(list ? { list } : {}) };
}

/** What those of the policies allow that the revision has. */
export function knownOf({ model, names }: Compiled, policies: readonly string[]): AccessList {
  const known = [...new Set(policies.map(policyName))].filter((name) => names.has(name)).sort();
  return model.accessOf({ name: "", policies: known });
}

/** A revision ready to be asked. @param now milliseconds since 1970, for rules that expire */
export function compiled(given: AccessRevision, now?: number): Compiled {
  const revision = { ...given, policies: policiesOf(given) };
  const names = new Set(revision.policies.map(({ name }) => policyName(name)));
  return { revision, model: compileRevision(revision, now), names };
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
export function byPolicies(side: Compiled, first: Compiled | undefined, token: RecordedToken): HolderSide {
  const names = token.policies.map(policyName);
  const missing = names.filter((name) => name !== "root" && !(first ?? side).names.has(name));
  if (missing.length > 0)
    return unknown(
      `${(first ?? side).revision.label} has no principal for it, and not its ${missing.length === 1 ? "policy" : "policies"} ${missing.join(", ")}`,
      knownOf(side, names),
    );
  return sideOf(side, pseudo("", names), []);
}

/** What a revision knows of a principal. @param extra policies that the token has from its entity */
export function sideOf(side: Compiled, principal: RevisionPrincipal, extra: readonly string[]): HolderSide {
  const doubts = doubtsAbout(side.revision, principal);
  const held = principal.holds.map(({ policy }) => policyName(policy));
  if (doubts[0] !== undefined) return unknown(doubts[0], knownOf(side, [...held, ...extra]));
  const strange = extra.filter((name) => !side.names.has(name));
  if (strange.length > 0)
    return unknown(
      `its entity brings ${strange.join(", ")}, of which ${side.revision.label} knows nothing`,
      knownOf(side, [...held, ...extra]),
    );
  const policies = [...new Set([...held, ...extra])].sort();
  if (policies.includes("root") && policies.length > 1)
    return unknown("it holds root beside other policies, which no engine puts together");
  const { entity } = principal;
  const asked = { name: principal.name, policies, ...(entity === undefined ? {} : { entity }) };
  return { kind: "known", list: side.model.accessOf(asked), policies };
}

/** Whether the same texts decide for a principal in all revisions; what none of them knows, none of them changes. */
export function isSame(
  found: readonly (RevisionPrincipal | "ambiguous" | undefined)[],
  extra: readonly string[],
  sides: readonly Compiled[],
): boolean {
  const [first, ...others] = found.map((own, index) => {
    const side = sides[index];
    if (typeof own !== "object" || !side || doubtsAbout(side.revision, own).length > 0) return undefined;
    return textsOf(namesOf(own, extra), side) + JSON.stringify(own.entity);
  });
  return first !== undefined && others.every((other) => other === first);
}

function namesOf({ holds }: RevisionPrincipal, extra: readonly string[]): string[] {
  return [...new Set([...holds.map(({ policy }) => policyName(policy)), ...extra])].sort();
}

/** All that decides for whoever holds these policies; the same where the same decides. */
function textsOf(names: readonly string[], { revision, model }: Compiled): string {
  const rules = names.map((name) => {
    const policy = model.policy(name);
    return [name, policy?.expiration, policy?.document.rules.map(({ comment: _, ...rule }) => rule)];
  });
  const mounts = revision.mounts.map(({ path, type }) => [path, type]);
  return JSON.stringify([revision.engine, rules, mounts]);
}

/**
 * Whether no change between the revisions can touch a token of nobody: what it holds is the same in all, and what none of them
 * has, none of them changes.
 */
export function isUntouched(token: RecordedToken, compiled: readonly Compiled[]): boolean {
  const names = token.policies.map(policyName);
  if (compiled.some(({ revision }) => doubtsAbout(revision, pseudo("", names)).length > 0)) return false;
  const [first, ...others] = compiled.map((each) => textsOf(names, each));
  return others.every((other) => other === first);
}
