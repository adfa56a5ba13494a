import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Without an existence check every write is an update. */
export const createOnly: PolicyLint = {
  id: "CREATE_ONLY",
  severity: "warning",
  reason:
    "Where a mount cannot tell whether something exists every write is an update, so create alone is inert there.",
  fix: 'Write ["create", "update"], or only "update".',
  bad: 'path "sys/policies/acl/app" {\n  capabilities = ["create"]\n}\n',
  good: 'path "sys/policies/acl/app" {\n  capabilities = ["create", "update"]\n}\n',
  check: eachRule((rule) => {
    if (!rule.capabilities.includes("create") || rule.capabilities.includes("update")) return undefined;
    // These have no existence check; KV data does, and there create alone means "never overwrite".
    const inert = /^\/?(sys\/|identity\/|[^/]+\/(delete|undelete|destroy)\/)/.test(rule.path);
    return inert ? `create alone does nothing on "${rule.path}": a write there is an update` : undefined;
  }, "capabilities"),
};
