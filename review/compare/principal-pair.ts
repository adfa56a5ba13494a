import type { AccessRevision, RevisionPrincipal } from "../model";

/** One principal in both revisions; `base` is absent where it is new, `head` where it is gone. */
export interface PrincipalPair {
  readonly name: string;
  readonly base?: RevisionPrincipal;
  readonly head?: RevisionPrincipal;
}

/** Every principal of both revisions, by name. */
export function pairsOf(base: AccessRevision, head: AccessRevision): PrincipalPair[] {
  const before = new Map(base.principals.map((principal) => [principal.name, principal]));
  const after = new Map(head.principals.map((principal) => [principal.name, principal]));
  return [...new Set([...after.keys(), ...before.keys()])].map((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return { name, ...(was ? { base: was } : {}), ...(is ? { head: is } : {}) };
  });
}

/** Who asks, as far as templates are concerned. */
export function entityKey(principal: RevisionPrincipal | undefined): unknown {
  return principal ? (principal.entity ?? String(principal.entity)) : undefined;
}
