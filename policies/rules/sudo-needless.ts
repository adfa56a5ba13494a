import { eachRule, pathNeedsSudo } from "./each";
import type { PolicyLint } from "./lint";

/** Sudo where nothing asks for it says more than is meant. */
export const sudoNeedless: PolicyLint = {
  id: "SUDO_NEEDLESS",
  severity: "info",
  reason: "Nothing on this path asks for sudo; it grants nothing and alarms its readers.",
  fix: 'Take "sudo" away.',
  bad: 'path "secret/data/app" {\n  capabilities = ["read", "sudo"]\n}\n',
  good: 'path "secret/data/app" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule, context) => {
    if (!rule.capabilities.includes("sudo")) return undefined;
    // Patterns may reach protected paths; and of mounts of other kinds nothing is known.
    if (/[*+]|\{\{/.test(rule.path) || !/^\/?(sys\/|secret\/|cubbyhole\/|identity\/)/.test(rule.path))
      return undefined;
    return pathNeedsSudo(rule.path, context) ? undefined : `"${rule.path}" never asks for sudo`;
  }, "capabilities"),
};
