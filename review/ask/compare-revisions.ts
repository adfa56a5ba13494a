import type { Comparison } from "../../policies/compare/compare";
import { type Difference, unknown } from "../../policies/compare/difference";
import { compareModels } from "../../policies/compare/models";
import type { AccessModel } from "../../policies/queries/principal";
import { compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { doubtsAbout } from "./doubts";
import { holderOfAll, holdersOf, refusedLogin } from "./holders";
import { placesOf, type RulePlace } from "./rule-place";

/** One difference in access, for all whom it is the same. */
export interface PolicyDifference {
  readonly difference: Difference;
  /** Titles. */
  readonly holders: readonly string[];
  /** Where the rules stand that decide the witness on each side. */
  readonly before: readonly RulePlace[];
  readonly after: readonly RulePlace[];
}

/** What policies come to on both sides. */
export interface ComparedPolicies {
  readonly differences: readonly PolicyDifference[];
  /** How many hold the same access as before. */
  readonly unchanged: number;
}

/**
 * What changes in access between two revisions, principal by principal. Where neither knows principals (plain policy files),
 * policies are compared by name, and two single files as one policy whatever they are called.
 */
export function compareRevisions(base: AccessRevision, head: AccessRevision, now?: number): ComparedPolicies {
  const [before, after] = paired(base, head);
  const modelOf = (revision: AccessRevision): AccessModel => {
    const principals = revision.principals.filter((each) => refusedLogin(each) === undefined);
    return compileRevision({ ...revision, principals }, now).model;
  };
  const changes = compareModels(modelOf(before), modelOf(after));
  const titles = new Map([...before.principals, ...after.principals].map(({ name, title }) => [name, title]));
  const groups = new Map<Comparison, string[]>();
  for (const { comparison, principal, presence } of changes) {
    const sign = presence === "both" ? "" : presence === "added" ? " (new)" : " (gone)";
    const holder = `${titles.get(principal) ?? principal}${sign}`;
    const group = groups.get(comparison);
    if (group) group.push(holder);
    else groups.set(comparison, [holder]);
  }
  const differences = [...groups].flatMap(([comparison, holders]) =>
    comparison.differences.map((difference) => ({
      difference,
      holders,
      before: placesOf(base, difference.beforeRule),
      after: placesOf(head, difference.afterRule),
    })),
  );
  return {
    differences: [...differences, ...doubtful(before, after)],
    unchanged: titles.size - changes.length,
  };
}

/** Both sides with somebody to compare. */
function paired(base: AccessRevision, head: AccessRevision): [AccessRevision, AccessRevision] {
  const files = base.principals.length === 0 && head.principals.length === 0;
  const single = files && base.policies.length === 1 && head.policies.length === 1;
  const principals = (revision: AccessRevision): readonly RevisionPrincipal[] =>
    single
      ? [{ ...holderOfAll(head), name: "policy", holds: holderOfAll(revision).holds }]
      : holdersOf(revision);
  return [
    { ...base, principals: principals(base) },
    { ...head, principals: principals(head) },
  ];
}

/** What a source could not tell is a difference that nobody can rule out; of a source that is both sides it is told once. */
function doubtful(...revisions: readonly AccessRevision[]): PolicyDifference[] {
  const found = new Map<string, PolicyDifference>();
  for (const revision of revisions) {
    for (const principal of revision.principals) {
      for (const doubt of doubtsAbout(revision, principal)) {
        const reason = `${revision.label}: ${doubt}`;
        const difference = unknown(reason, "*");
        found.set(`${principal.title}\n${reason}`, {
          difference,
          holders: [principal.title],
          before: [],
          after: [],
        });
      }
    }
  }
  return [...found.values()];
}
