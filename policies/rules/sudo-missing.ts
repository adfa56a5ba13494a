import { eachRule, isDeny, pathNeedsSudo } from "./each";
import type { PolicyLint } from "./lint";

/** Root-protected paths ask for sudo in the same rule. */
export const sudoMissing: PolicyLint = {
  id: "SUDO_MISSING",
  severity: "error",
  reason:
    "The engine asks for sudo on this path, in the very rule that grants the operation; without it the rule is inert.",
  fix: 'Add "sudo" to the capabilities, if that is really wanted.',
  bad: 'path "sys/audit" {\n  capabilities = ["read"]\n}\n',
  good: 'path "sys/audit" {\n  capabilities = ["read", "sudo"]\n}\n',
  check: eachRule((rule, context) => {
    if (isDeny(rule) || rule.capabilities.length === 0 || rule.capabilities.includes("sudo"))
      return undefined;
    const path = rule.path.replace(/\*$/, "x").replaceAll("+", "x");
    return pathNeedsSudo(path, context)
      ? `"${rule.path}" needs sudo on ${context.dialect.engine}`
      : undefined;
  }, "capabilities"),
};
