import { fromBits } from "../../policies/capability";
import { type EscalationChain, escalations, sawEverything } from "../../policies/queries/escalation";
import { POWER_REGIONS } from "../../policies/queries/powers";
import type { CompiledModel } from "../../policies/queries/principal";
import type { AccessList } from "../../policies/semantics/access-list";
import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { patternFor } from "../../policies/semantics/rank";
import { type AppliedApproval, shownApproval, weightiest } from "../approvals/apply-approvals";
import { askedAs, compileRevision } from "../compiled-revision";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { RulePlaces } from "../rule-places";
import { literalHead } from "./access/secret-names";
import { unknown } from "./unknown-finding";

/**
 * Who can now get everything, or no longer can, step by step. Asked when the access of somebody changed who has power.
 * @param used is given the indices of the approvals that are put on findings
 */
export function escalationFindings(
  base: AccessRevision,
  head: AccessRevision,
  approvals: readonly AppliedApproval[],
  used: Set<number>,
  now?: number,
): FindingParts[] {
  const [old, is] = [chainsOf(base, now), chainsOf(head, now)];
  const gained = [...is.chains].filter(([name]) => !old.chains.has(name));
  const lost = [...old.chains].filter(([name]) => !is.chains.has(name));
  return [
    ...gained.map(([name, chain]) => {
      const approval = weightiest(
        approvals.filter(
          ({ approval: each, expired }) =>
            !expired && each.principal === name && each.gain.kind === "escalation",
        ),
      );
      if (approval) used.add(approval.index);
      const finding = findingOf(chain, "escalation-gained", head, is.model);
      return approval ? { ...finding, approval: shownApproval(approval) } : finding;
    }),
    ...lost.map(([, chain]) => findingOf(chain, "escalation-lost", base, old.model)),
    ...is.unsure.map(({ name, place }) =>
      unknown(
        "may be able to get everything: there are more kinds of paths than can be looked at",
        [name],
        head,
        place,
      ),
    ),
  ];
}

interface Chains {
  readonly model: CompiledModel;
  readonly chains: ReadonlyMap<string, EscalationChain>;
  /** Those of whom no chain was found, and not every place was looked at. */
  readonly unsure: readonly RevisionPrincipal[];
}

/** Asked only of those who may write where power is: there are few of them, and each is held against each. */
function chainsOf(revision: AccessRevision, now: number | undefined): Chains {
  const all = compileRevision(revision, now);
  const powerful = revision.principals.filter((principal) => hasPower(all.accessOf(askedAs(principal))));
  const model = compileRevision({ ...revision, principals: powerful }, now);
  const roles = revision.principals.map(({ name }) => name);
  const chains = new Map(escalations(model, roles).map((chain) => [chain.principal, chain]));
  // Root needs no way: it is there.
  for (const principal of powerful)
    if (model.accessOf(askedAs(principal)).isRoot)
      chains.set(principal.name, { principal: principal.name, steps: [] });
  const unsure = powerful.filter(
    (principal) => !chains.has(principal.name) && !sawEverything(model, askedAs(principal)),
  );
  return { model, chains, unsure };
}

const POWER = new PatternTrie(
  POWER_REGIONS.map((region) => patternFor(region)).filter(({ kind }) => kind !== "exact"),
);
const EXACT = new Set(POWER_REGIONS);
const HEADS = POWER_REGIONS.map((region) => literalHead(patternFor(region)));
const known = new WeakMap<AccessList, boolean>();

/**
 * Whether some rule may allow a write where power is; it may say yes too often and never no. Without power before and after, a
 * principal that changed neither begins a chain nor carries one on.
 */
export function hasPower(list: AccessList): boolean {
  let answer = known.get(list);
  if (answer === undefined) {
    answer =
      list.isRoot ||
      [...list.rules(), ...list.uncertain.map(({ merged }) => merged)].some(({ pattern, bits }) => {
        if (!fromBits(bits).some((capability) => capability !== "deny" && capability !== "list"))
          return false;
        if (pattern.kind === "exact") return EXACT.has(pattern.text) || POWER.best(pattern.text) >= 0;
        const own = literalHead(pattern);
        return HEADS.some((head) => head.startsWith(own) || own.startsWith(head));
      });
    known.set(list, answer);
  }
  return answer;
}

function findingOf(
  { principal: name, steps }: EscalationChain,
  kind: "escalation-gained" | "escalation-lost",
  revision: AccessRevision,
  model: CompiledModel,
): FindingParts {
  const byName = new Map(revision.principals.map((principal) => [principal.name, principal]));
  const principal = byName.get(name) as RevisionPrincipal;
  const [first] = steps;
  const rule = first && model.accessOf(askedAs(principal)).lookup(first.witness);
  const place = (rule && new RulePlaces(revision).ofRule(rule)) ?? principal.place;
  const can = kind === "escalation-gained" ? "can now get everything" : "can no longer get everything";
  return {
    kind,
    severity: kind === "escalation-gained" ? "error" : "note",
    principals: [name],
    titles: [principal.title],
    sentence: `${can}: it ${first ? first.how : "has the policy root"}`,
    chain: steps.map(
      (step) =>
        `${byName.get(step.by)?.title ?? step.by} ${step.how}: ${step.capability} ${step.witness}, by path "${step.rule}"`,
    ),
    ...(place ? { place } : {}),
    owners: principal.owner ? [principal.owner] : [],
  };
}
