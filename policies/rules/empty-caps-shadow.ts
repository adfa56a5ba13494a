import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** No capabilities is a deny that does not say so. */
export const emptyCapsShadow: PolicyLint = {
  id: "EMPTY_CAPS_SHADOW",
  severity: "warning",
  reason:
    "A rule without capabilities is legal, grants nothing, and shadows every weaker rule: a deny that does not say so.",
  fix: 'Write capabilities = ["deny"] if that is meant, or remove the rule.',
  bad: 'path "a/b" {\n  capabilities = []\n}\n',
  good: 'path "a/b" {\n  capabilities = ["deny"]\n}\n',
  check: eachRule(
    (rule) =>
      rule.capabilities.length === 0
        ? `path "${rule.path}" grants nothing and shadows weaker rules`
        : undefined,
    "capabilities",
  ),
};
