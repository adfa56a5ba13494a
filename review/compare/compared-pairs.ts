import { endsAfter } from "../../policies/compare/over-time";
import { policyName } from "../../policies/policy-name";
import { AccessList, type NamedPolicy } from "../../policies/semantics/access-list";
import type { AppliedApproval } from "../approvals/apply-approvals";
import type { AccessRevision, HeldPolicy, RevisionPrincipal } from "../model";
import { PolicyPairs } from "./policy-pairs";
import { entityKey, type PrincipalPair } from "./principal-pair";

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
  /** The moments after now at which a rule or a policy of either side ends, in milliseconds since 1970. */
  readonly ends: readonly number[];
  /** The same pair at a later time. */
  readonly at: (time: number) => ComparedPair;
}

export interface PairOptions {
  /** Milliseconds since 1970, for rules that expire. @default none expires */
  readonly now?: number;
  readonly approvals: readonly AppliedApproval[];
  /** Whether everybody has to be looked at: another engine, or a mount that moved. */
  readonly everybody: boolean;
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
    const known = { base: policies.known("base", heldBefore), head: policies.known("head", after) };
    const pairAt = (time: number | undefined): ComparedPair => ({
      principals,
      heldBefore,
      heldAfter: after,
      get before() {
        return latest.of(this, "before", () =>
          listOf(base.engine, known.base, first.base ?? first.head, time),
        );
      },
      get after() {
        return latest.of(this, "after", () =>
          listOf(head.engine, known.head, first.head ?? first.base, time),
        );
      },
      approvals: options.approvals.filter(({ approval }) => approval.principal === first.name),
      ends: options.now === undefined ? [] : endsAfter(options.now, [...known.base, ...known.head]),
      at: pairAt,
    });
    return pairAt(options.now);
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
