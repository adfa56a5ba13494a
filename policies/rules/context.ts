import { DEFAULT_ENGINE, dialectOf } from "../dialect";
import { policyName } from "../policy-name";
import { AccessList } from "../semantics/access-list";
import type { LintContext, LintedPolicy, LintOptions } from "./lint";

/** What lints look at: the policies together, compiled once for all of them. */
export function lintContext(policies: readonly LintedPolicy[], options: LintOptions = {}): LintContext {
  const dialect = dialectOf(options.engine ?? DEFAULT_ENGINE);
  // Root cannot be compiled together with others, and there is nothing to say about it.
  const compiled = policies.filter((policy) => policyName(policy.name) !== "root");
  return {
    policies,
    dialect,
    kvMounts: options.kvMounts ?? [],
    mounts: options.mounts ?? [],
    now: options.now,
    attached: options.attached ?? [],
    list: AccessList.compile(compiled, {
      engine: dialect,
      ...(options.now === undefined ? {} : { now: options.now }),
    }),
  };
}
