import { compareAccess } from "../compare/compare";
import { policyName } from "../policy-name";
import { AccessList } from "../semantics/access-list";
import type { LintHit, PolicyLint } from "./lint";

/** Taking a policy away from the set would give access: the sign of shadowing across policies. */
export const nonMonotoneAdd: PolicyLint = {
  id: "NON_MONOTONE_ADD",
  severity: "warning",
  reason:
    "The set of policies allows less with this one than without it, although the policy denies nothing outright.",
  fix: "Repeat what is meant to stay allowed in the more specific rules, or deny outright.",
  bad: 'path "a/*" {\n  capabilities = ["read"]\n}\n=== two\npath "a/b/*" {\n  capabilities = ["list"]\n}\n',
  good: 'path "a/*" {\n  capabilities = ["read"]\n}\n=== two\npath "a/b/*" {\n  capabilities = ["read", "list"]\n}\n',
  *check(context): Iterable<LintHit> {
    const policies = context.policies.filter((policy) => policyName(policy.name) !== "root");
    if (policies.length < 2) return;
    for (const policy of policies) {
      if (policy.document.rules.some((rule) => rule.capabilities.includes("deny"))) continue;
      const without = AccessList.compile(
        policies.filter((other) => other !== policy),
        { engine: context.dialect },
      );
      const { differences } = compareAccess(without, context.list, { budget: 20_000 });
      const lost = differences.find((each) => each.kind === "lost" && !each.aclOnly);
      if (!lost) continue;
      const source = lost.afterRule?.sources.find((each) => each.policy === policyName(policy.name));
      const message = `adding ${policy.name} takes ${lost.capability} on ${lost.witness} away, which path "${lost.before}" grants`;
      yield source ? { policy, index: source.index, message } : { policy, message };
    }
  },
};
