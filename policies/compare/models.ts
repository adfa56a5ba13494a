import { policyName } from "../policy-name";
import { type AccessModel, CompiledModel, type Principal } from "../queries/principal";
import type { NamedPolicy } from "../semantics/access-list";
import { type CompareOptions, type Comparison, compareAccess } from "./compare";
import { compareOverTime, endsAfter } from "./over-time";

/** What changed for one principal. Principals for whom nothing changed are not told. */
export interface PrincipalChange {
  readonly principal: string;
  /** Whether the principal itself came or went. */
  readonly presence: "both" | "added" | "removed";
  readonly comparison: Comparison;
}

/**
 * Compares two access models principal by principal. Only those are looked at whose policies differ, and sets of policies
 * that several principals share are compared once, so the cost follows the change and not the size of the models. With a time
 * (`now`), what changes only when a rule ends is told with it.
 */
export function compareModels(
  before: AccessModel,
  after: AccessModel,
  options: CompareOptions = {},
): PrincipalChange[] {
  const [old, now] = [new CompiledModel(before), new CompiledModel(after)];
  const changed = changedPolicies(before, after);
  const everyone = new Map(before.principals.map((principal) => [principal.name, principal]));
  const current = new Map(after.principals.map((principal) => [principal.name, principal]));
  const done = new Map<string, Comparison>();
  const changes: PrincipalChange[] = [];
  for (const name of new Set([...everyone.keys(), ...current.keys()])) {
    const [was, is] = [everyone.get(name), current.get(name)];
    if (was && is && before.engine === after.engine && sameSet(was, is) && !touches(is, changed)) continue;
    const key = JSON.stringify([was && setOf(was), is && setOf(is), was?.entity, is?.entity]);
    let comparison = done.get(key);
    if (!comparison) {
      const [first, second] = [was ?? nothing(name), is ?? nothing(name)];
      const held = [...old.policiesOf(first), ...now.policiesOf(second)];
      comparison = compareOverTime(
        compareAccess(old.accessOf(first), now.accessOf(second), options),
        after.now === undefined ? [] : endsAfter(after.now, held),
        (time) => compareAccess(old.at(time).accessOf(first), now.at(time).accessOf(second), options),
      );
      done.set(key, comparison);
    }
    if (comparison.differences.length === 0) continue;
    changes.push({ principal: name, presence: was ? (is ? "both" : "removed") : "added", comparison });
  }
  return changes;
}

function nothing(name: string): Principal {
  return { name, policies: [], entity: null };
}

function setOf(principal: Principal): string[] {
  return [...new Set(principal.policies.map(policyName))].sort();
}

function sameSet(was: Principal, is: Principal): boolean {
  return JSON.stringify([setOf(was), was.entity]) === JSON.stringify([setOf(is), is.entity]);
}

function touches(principal: Principal, changed: ReadonlySet<string>): boolean {
  return principal.policies.some((name) => changed.has(policyName(name)));
}

/** The names of policies that came, went, or have other rules; comments do not count. */
function changedPolicies(before: AccessModel, after: AccessModel): Set<string> {
  const old = new Map(before.policies.map((policy) => [policyName(policy.name), policy]));
  const changed = new Set<string>();
  for (const policy of after.policies) {
    const name = policyName(policy.name);
    const was = old.get(name);
    old.delete(name);
    if (!was || !sameRules(was, policy)) changed.add(name);
  }
  for (const name of old.keys()) changed.add(name);
  return changed;
}

function sameRules(was: NamedPolicy, is: NamedPolicy): boolean {
  if (was.document === is.document && frameOf(was) === frameOf(is)) return true;
  return contentOf(was) === contentOf(is);
}

function frameOf({ namespace = "", expiration = "", allowedInTemplates = [] }: NamedPolicy): string {
  return JSON.stringify([namespace, expiration, allowedInTemplates]);
}

function contentOf(policy: NamedPolicy): string {
  return JSON.stringify([frameOf(policy), policy.document.rules.map(({ comment, ...rule }) => rule)]);
}
