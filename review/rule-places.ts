import { policyName } from "../policies/semantics/access-list";
import type { MergedRule, RuleSource } from "../policies/semantics/merged-rule";
import type { AccessRevision, Place, RevisionPolicy } from "./model";

/** Finds the lines at which the rules of one revision stand. */
export class RulePlaces {
  readonly #policies: ReadonlyMap<string, RevisionPolicy>;

  constructor(revision: AccessRevision) {
    this.#policies = new Map(revision.policies.map((policy) => [policyName(policy.name), policy]));
  }

  policy(name: string): RevisionPolicy | undefined {
    return this.#policies.get(policyName(name));
  }

  /** The exact lines of a text, the grant's line of a derived policy, or the policy's own place. */
  of({ policy, index }: RuleSource, capability?: string): Place | undefined {
    const held = this.#policies.get(policy);
    return held && placeOfRule(held, index, capability);
  }

  ofRule(rule: MergedRule | undefined): Place | undefined {
    for (const source of rule?.sources ?? []) {
      const place = this.of(source);
      if (place) return place;
    }
    return undefined;
  }
}

/** @param capability tells the grant that brought it from others of the same rule */
export function placeOfRule(policy: RevisionPolicy, index: number, capability?: string): Place | undefined {
  const span = policy.verbatim ? policy.read?.places.rule(index)?.path : undefined;
  if (!span || !policy.place) {
    const granted = capability === undefined ? undefined : policy.capabilityPlaces?.[index]?.[capability];
    return granted ?? policy.rulePlaces?.[index] ?? policy.place;
  }
  return {
    file: policy.place.file,
    line: span.start.line,
    column: span.start.column,
    endLine: span.end.line,
    endColumn: span.end.column,
  };
}
