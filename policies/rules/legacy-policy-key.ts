import type { LintHit, PolicyLint } from "./lint";

/** `policy = "write"` is an old way to say five capabilities. */
export const legacyPolicyKey: PolicyLint = {
  id: "LEGACY_POLICY_KEY",
  severity: "warning",
  reason:
    'policy = "…" is the old notation; it grants more than its word says (write includes read, delete and list).',
  fix: "Write capabilities = [ … ].",
  bad: 'path "a" {\n  policy = "write"\n}\n',
  good: 'path "a" {\n  capabilities = ["create", "update"]\n}\n',
  *check(context): Iterable<LintHit> {
    for (const policy of context.policies) {
      for (const index of policy.document.rules.keys()) {
        const old = policy.read?.places
          .rule(index)
          ?.attributes.some((attribute) => attribute.name === "policy");
        if (old) yield { policy, index, attribute: "policy", message: "policy = … is the old notation" };
      }
    }
  },
};
