import { type ReadOptions, rulesOf } from "./language/read";
import { mergeRules } from "./merge";
import type { PolicyRule } from "./rule";

export type { PolicyRule } from "./rule";

/** A policy document: rules in the order in which they were written. A pure value; nothing in it changes. */
export class PolicyDocument {
  readonly rules: readonly PolicyRule[];

  constructor(rules: readonly PolicyRule[]) {
    this.rules = Object.freeze([...rules]);
  }

  /**
   * Reads HCL 1 or JSON as the engines do; `options.engine` names the one whose rules apply.
   * @throws PolicySyntaxError with every finding: line, column, reason, fix
   */
  static parse(source: string | Uint8Array, options: ReadOptions = {}): PolicyDocument {
    return new PolicyDocument(rulesOf(source, options));
  }

  /** The same decisions in the fewest rules: one for each path, sorted. `printPolicy` prints this form. */
  canonical(): PolicyDocument {
    return new PolicyDocument(mergeRules(this.rules));
  }
}
