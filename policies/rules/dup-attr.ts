import type { LintHit, PolicyLint } from "./lint";

/** The same attribute twice: engines disagree on what that means. */
export const dupAttr: PolicyLint = {
  id: "DUP_ATTR",
  severity: "warning",
  reason: "OpenBao unites the lists of a repeated attribute, Vault >= 1.21 refuses the policy.",
  fix: "Set the attribute once.",
  bad: 'path "a" {\n  capabilities = ["read"]\n  capabilities = ["list"]\n}\n',
  good: 'path "a" {\n  capabilities = ["read", "list"]\n}\n',
  *check(context): Iterable<LintHit> {
    for (const policy of context.policies) {
      for (const index of policy.document.rules.keys()) {
        const names = policy.read?.places.rule(index)?.attributes.map((attribute) => attribute.name) ?? [];
        const twice = names.find((name, at) => names.indexOf(name) !== at);
        if (twice !== undefined) yield { policy, index, attribute: twice, message: `${twice} is set twice` };
      }
    }
  },
};
