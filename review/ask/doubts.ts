import { policyName } from "../../policies/policy-name";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { refusedLogin } from "./holders";

/**
 * Why nobody can tell what a principal may do, a sentence each: what its source could not read, policies that no engine reads,
 * and `root` beside other policies.
 */
export function doubtsAbout(revision: AccessRevision, principal: RevisionPrincipal): string[] {
  const doubts = revision.doubts
    .filter(({ principals }) => principals === undefined || principals.includes(principal.name))
    .map(({ reason }) => reason);
  const held = new Set(principal.holds.map(({ policy }) => policyName(policy)));
  const unreadable = revision.policies
    .filter(({ name, unreadable }) => unreadable !== undefined && held.has(policyName(name)))
    .map(
      ({ name, unreadable }) =>
        `policy ${name} cannot be read: ${unreadable?.[0]?.reason ?? "it is refused"}`,
    );
  const refused = refusedLogin(principal);
  return [...(refused === undefined ? [] : [refused]), ...doubts, ...unreadable];
}

/** Policies that a principal names and whose texts are not there. */
export function absentPolicies(revision: AccessRevision, principal: RevisionPrincipal): string[] {
  const known = new Set(revision.policies.map(({ name }) => policyName(name)));
  return principal.holds
    .map(({ policy }) => policyName(policy))
    .filter((name) => name !== "root" && !known.has(name));
}

/** What to know of them, a sentence each. */
export function absenceNotes(revision: AccessRevision, principals: readonly RevisionPrincipal[]): string[] {
  const names = new Set(principals.flatMap((principal) => absentPolicies(revision, principal)));
  return [...names].map((name) => `policy ${name} is held but not there, and engines skip it`);
}
