import type { Span } from "../policies/language/position";
import { policyName } from "../policies/policy-name";
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

  /** The same for a source of a rule that several policies may have made. */
  of({ policy, index }: RuleSource, capability?: string): Place | undefined {
    const held = this.#policies.get(policy);
    return held && placeOfRule(held, index, capability);
  }

  /** The first place of all that made a rule. */
  ofRule(rule: MergedRule | undefined): Place | undefined {
    for (const source of rule?.sources ?? []) {
      const place = this.of(source);
      if (place) return place;
    }
    return undefined;
  }
}

/**
 * Where a rule of a policy stands, by its index: the lines of a text, the grant's line of a derived policy, or the policy's own.
 * @param capability tells the grant that brought it from others of the same rule
 */
export function placeOfRule(policy: RevisionPolicy, index: number, capability?: string): Place | undefined {
  const written = policy.verbatim ? placeOfSpan(policy, policy.read?.places.rule(index)?.path) : undefined;
  const granted = capability === undefined ? undefined : policy.capabilityPlaces?.[index]?.[capability];
  return written ?? granted ?? policy.rulePlaces?.[index] ?? policy.place;
}

/** Where a part of a policy's text stands; `undefined` where no file holds the text itself. */
export function placeOfSpan({ verbatim, place }: RevisionPolicy, span: Span | undefined): Place | undefined {
  if (!verbatim || !place || !span) return undefined;
  const { start, end } = span;
  return {
    file: place.file,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
