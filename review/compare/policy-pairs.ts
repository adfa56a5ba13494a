import { PolicyDocument } from "../../policies/document";
import { policyName } from "../../policies/policy-name";
import type { NamedPolicy } from "../../policies/semantics/access-list";
import type { AccessRevision, HeldPolicy, RevisionPolicy, RevisionPrincipal } from "../model";
import { entityKey, type PrincipalPair } from "./principal-pair";

/** The policies of both revisions, and which of them differ. */
export class PolicyPairs {
  readonly #sides: { readonly base: Map<string, RevisionPolicy>; readonly head: Map<string, RevisionPolicy> };
  readonly #changed: ReadonlySet<string>;

  constructor(base: AccessRevision, head: AccessRevision) {
    const byName = ({ policies }: AccessRevision): Map<string, RevisionPolicy> =>
      new Map(policies.map((policy) => [policyName(policy.name), policy]));
    this.#sides = { base: byName(base), head: byName(head) };
    this.#changed = changedPolicies(this.#sides.base, this.#sides.head);
  }

  /** Whether the principal may do other things than before: it holds other policies, one that differs, or is another entity. */
  touch({ base, head }: PrincipalPair): boolean {
    if (!base || !head) return true;
    if (head.holds.some(({ policy }) => this.#changed.has(policyName(policy)))) return true;
    const names = (principal: RevisionPrincipal): string =>
      JSON.stringify([
        [...new Set(principal.holds.map(({ policy }) => policyName(policy)))].sort(),
        entityKey(principal),
      ]);
    return names(base) !== names(head);
  }

  /** `default`, where it stays as it was. */
  isEverybodys(name: string): boolean {
    return policyName(name) === "default" && !this.#changed.has("default");
  }

  /** What can be compiled: without policies that nobody knows, and without those that either side cannot read. */
  known(side: "base" | "head", held: readonly HeldPolicy[]): NamedPolicy[] {
    const names = [...new Set(held.map(({ policy }) => policyName(policy)))].sort();
    // The engine refuses root together with others; a reader must think of root.
    if (names.includes("root")) return [ROOT];
    return names.flatMap((name) => {
      const policy = this.#sides[side].get(name);
      const unreadable = this.#sides.base.get(name)?.unreadable ?? this.#sides.head.get(name)?.unreadable;
      return policy && !unreadable ? [policy] : [];
    });
  }
}

const ROOT: NamedPolicy = { name: "root", document: new PolicyDocument([]) };

/** The names of policies that came, went, or have other rules; comments do not count. */
function changedPolicies(
  base: ReadonlyMap<string, RevisionPolicy>,
  head: ReadonlyMap<string, RevisionPolicy>,
): Set<string> {
  const changed = new Set<string>();
  for (const [name, policy] of head) {
    const was = base.get(name);
    if (!was || !saysTheSame(was, policy)) changed.add(name);
  }
  for (const name of base.keys()) if (!head.has(name)) changed.add(name);
  return changed;
}

function saysTheSame(was: RevisionPolicy, is: RevisionPolicy): boolean {
  if (frameOf(was) !== frameOf(is)) return false;
  if (was.document === is.document || (was.text !== undefined && was.text === is.text)) return true;
  return rulesOf(was) === rulesOf(is);
}

function frameOf(policy: RevisionPolicy): string {
  const { namespace = "", expiration = "", allowedInTemplates = [], unreadable } = policy;
  return JSON.stringify([namespace, expiration, allowedInTemplates, unreadable !== undefined && policy.text]);
}

function rulesOf({ document }: RevisionPolicy): string {
  return JSON.stringify(document.rules.map(({ comment, ...rule }) => rule));
}
