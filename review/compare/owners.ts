interface Owned {
  readonly owner?: string;
}

/** The teams behind principals, secrets and guardrails, each once: whom to ask about them. */
export function ownersOf(things: readonly (Owned | undefined)[]): string[] {
  const owners = things.flatMap((thing) => (thing?.owner ? [thing.owner] : []));
  return [...new Set(owners)].sort();
}
