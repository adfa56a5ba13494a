import { policyName } from "../policy-name";
import type { LintHit, PolicyLint } from "./lint";

/** What `default` grants is up to the operator. */
export const defaultAssumed: PolicyLint = {
  id: "DEFAULT_ASSUMED",
  severity: "info",
  reason:
    "The policy default is attached but its text is not here; operators may have changed it, so what it grants is not known.",
  fix: "Import the server's own text of default.",
  bad: 'path "a" {\n  capabilities = ["read"]\n}\n',
  good: 'path "a" {\n  capabilities = ["read"]\n}\n=== default\npath "auth/token/lookup-self" {\n  capabilities = ["read"]\n}\n',
  example: { attached: ["default"] },
  *check(context): Iterable<LintHit> {
    const wanted = context.attached.map(policyName).includes("default");
    const known = context.policies.some((policy) => policyName(policy.name) === "default");
    const policy = context.policies[0];
    if (wanted && !known && policy)
      yield { policy, message: "default is attached, but its text is not known" };
  },
};
