import { policyName } from "../policy-name";
import { EVERYTHING, escalations } from "../queries/escalation";
import { CompiledModel } from "../queries/principal";
import type { LintHit, PolicyLint } from "./lint";

/** Rules by which their holder can give itself everything. */
export const escalation: PolicyLint = {
  id: "ESCALATION",
  severity: "error",
  reason:
    "Whoever may write policies, login roles, identities or the raw storage can give itself everything.",
  fix: "Narrow the rule to names that the holder does not have, or treat the holder as an administrator.",
  bad: 'path "sys/policies/acl/*" {\n  capabilities = ["create", "update"]\n}\n',
  good: 'path "sys/policies/acl/*" {\n  capabilities = ["read", "list"]\n}\n',
  *check(context): Iterable<LintHit> {
    const policies = context.policies.filter((policy) => policyName(policy.name) !== "root");
    const holder = { name: "holder", policies: policies.map((policy) => policy.name) };
    const model = new CompiledModel({ engine: context.dialect.engine, policies, principals: [holder] });
    for (const { steps } of escalations(model)) {
      const step = steps.find((each) => each.to === EVERYTHING);
      const rule = step && context.list.lookup(step.witness);
      const source = rule?.sources[0];
      const policy = source && context.policies.find((each) => policyName(each.name) === source.policy);
      if (step && source && policy)
        yield {
          policy,
          index: source.index,
          message: `${step.capability} ${step.witness}: its holder ${step.how}`,
        };
    }
  },
};
