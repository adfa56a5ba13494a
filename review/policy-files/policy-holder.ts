import type { RevisionPolicy, RevisionPrincipal } from "../model";

/** A principal that holds this policy alone, `Policy dotmac`: for policies of which nobody says who holds them. */
export function policyHolder({ name, place }: Pick<RevisionPolicy, "name" | "place">): RevisionPrincipal {
  return {
    name: `policy/${name}`,
    kind: "other",
    title: `Policy ${name}`,
    holds: [{ policy: name, by: "role" }],
    constraints: [],
    ...(place === undefined ? {} : { place }),
  };
}
