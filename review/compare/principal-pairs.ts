import { PolicyDocument } from "../../policies/document";
import { AccessList, type NamedPolicy, policyName } from "../../policies/semantics/access-list";
import type { AppliedApproval } from "../approvals/apply-approvals";
import type { AccessRevision, HeldPolicy, RevisionPolicy, RevisionPrincipal } from "../model";

/** One principal in both revisions. */
export interface PrincipalPair {
  readonly name: string;
  readonly base?: RevisionPrincipal;
  readonly head?: RevisionPrincipal;
}

/**
 * Principals that hold the same before and after, with what they may do. The lists are compiled when they are asked for, and
 * those of one pair are kept at a time: a thousand of them would fill the memory. So ask everything of a pair, then of the next.
 */
export interface ComparedPair {
  readonly principals: readonly PrincipalPair[];
  readonly before: AccessList;
  readonly after: AccessList;
  readonly heldBefore: readonly HeldPolicy[];
  readonly heldAfter: readonly HeldPolicy[];
  readonly approvals: readonly AppliedApproval[];
}

export interface PairOptions {
  readonly now?: number;
  readonly approvals: readonly AppliedApproval[];
  /** Whether everybody has to be looked at: another engine, or a mount that moved. */
  readonly everybody: boolean;
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

/**
 * The principals for whom anything can have changed, those with the same policies together. The cost follows the change: who
 * holds the same policies as before, none of which changed, is not looked at.
 */
export function comparedPairs(
  base: AccessRevision,
  head: AccessRevision,
  pairs: readonly PrincipalPair[],
  options: PairOptions,
): ComparedPair[] {
  const policies = new PolicyPairs(base, head);
  const groups = new Map<string, PrincipalPair[]>();
  for (const pair of pairs) {
    if (!options.everybody && !policies.touch(pair)) continue;
    const own = options.approvals
      .filter(({ approval }) => approval.principal === pair.name)
      .map(({ index }) => index);
    const key = JSON.stringify([
      heldKey(pair.base),
      heldKey(pair.head),
      own,
      entityKey(pair.base),
      entityKey(pair.head),
    ]);
    const group = groups.get(key);
    if (group) group.push(pair);
    else groups.set(key, [pair]);
  }
  const latest = new Latest();
  return [...groups.values()].map((principals) => {
    const [first] = principals as [PrincipalPair];
    const heldAfter = first.head?.holds ?? [];
    // Whoever is new or gone is compared with one that has `default` alone: everybody has that.
    const everybodys = [...((first.base ?? first.head)?.holds ?? [])].filter(({ policy }) =>
      policies.isEverybodys(policy),
    );
    const heldBefore = first.base?.holds ?? everybodys;
    const after = first.head ? heldAfter : everybodys;
    return {
      principals,
      heldBefore,
      heldAfter: after,
      get before() {
        return latest.of(this, "before", () =>
          listOf(base.engine, policies.known("base", heldBefore), first.base ?? first.head, options.now),
        );
      },
      get after() {
        return latest.of(this, "after", () =>
          listOf(head.engine, policies.known("head", after), first.head ?? first.base, options.now),
        );
      },
      approvals: options.approvals.filter(({ approval }) => approval.principal === first.name),
    };
  });
}

/** The lists of the pair that was asked last. */
class Latest {
  #pair: object | undefined;
  #lists: { before?: AccessList; after?: AccessList } = {};

  of(pair: object, side: "before" | "after", compile: () => AccessList): AccessList {
    if (this.#pair !== pair) {
      this.#pair = pair;
      this.#lists = {};
    }
    this.#lists[side] ??= compile();
    return this.#lists[side];
  }
}

function heldKey(principal: RevisionPrincipal | undefined): string[] | undefined {
  return principal?.holds
    .map(({ policy, by, through }) => JSON.stringify([policyName(policy), by, through]))
    .sort();
}

function entityKey(principal: RevisionPrincipal | undefined): unknown {
  return principal ? (principal.entity ?? String(principal.entity)) : undefined;
}

/** The policies of both revisions, and which of them differ. */
class PolicyPairs {
  readonly #sides: { readonly base: Map<string, RevisionPolicy>; readonly head: Map<string, RevisionPolicy> };
  readonly #changed: ReadonlySet<string>;

  constructor(base: AccessRevision, head: AccessRevision) {
    const byName = ({ policies }: AccessRevision): Map<string, RevisionPolicy> =>
      new Map(policies.map((policy) => [policyName(policy.name), policy]));
    this.#sides = { base: byName(base), head: byName(head) };
    this.#changed = changedPolicies(this.#sides.base, this.#sides.head);
  }

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
export function changedPolicies(
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

function listOf(
  engine: string,
  policies: readonly NamedPolicy[],
  principal: RevisionPrincipal | undefined,
  now: number | undefined,
): AccessList {
  const entity = principal?.entity;
  return AccessList.compile(policies, {
    engine,
    ...(now === undefined ? {} : { now }),
    ...(entity === undefined ? {} : { entity }),
  });
}
