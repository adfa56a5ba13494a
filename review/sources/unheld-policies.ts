import { policyName } from "../../policies/policy-name";
import type { AccessRevision, RevisionPolicy, RevisionPrincipal } from "../model";
import { policyHolder } from "../policy-files/policy-holder";

/**
 * Gives each policy that changes and that nobody holds on either side a principal that holds it alone, `Policy dotmac`: whoever has it
 * stands in another source, or was handed a token. What nobody holds and does not change is left as it is.
 */
export function assumeHolders(
  base: AccessRevision,
  head: AccessRevision,
): { readonly base: AccessRevision; readonly head: AccessRevision; readonly notes: readonly string[] } {
  const held = new Set(
    [base, head].flatMap(({ principals }) =>
      principals.flatMap(({ holds }) => holds.map(({ policy }) => policyName(policy))),
    ),
  );
  const [before, after] = [textsOf(base), textsOf(head)];
  const loose = [...new Map([...before, ...after]).values()].filter(({ name }) => {
    const key = policyName(name);
    return key !== "default" && !held.has(key) && before.get(key)?.text !== after.get(key)?.text;
  });
  if (loose.length === 0) return { base, head, notes: [] };
  return {
    base: { ...base, principals: [...base.principals, ...holdersOf(loose, before)] },
    head: { ...head, principals: [...head.principals, ...holdersOf(loose, after)] },
    notes: ["Policies that nobody here holds are reviewed for whoever has them elsewhere."],
  };
}

/** Where the policy is not there its holder has nothing of it. */
function holdersOf(
  policies: readonly RevisionPolicy[],
  there: ReadonlyMap<string, RevisionPolicy>,
): RevisionPrincipal[] {
  return policies.map((policy) => {
    const holder = policyHolder(policy);
    return there.has(policyName(policy.name)) ? holder : { ...holder, holds: [] };
  });
}

function textsOf({ policies }: AccessRevision): Map<string, RevisionPolicy> {
  return new Map(policies.map((policy) => [policyName(policy.name), policy]));
}
