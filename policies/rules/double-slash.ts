import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Request paths have no empty segments and no leading slash. */
export const doubleSlash: PolicyLint = {
  id: "DOUBLE_SLASH",
  severity: "warning",
  reason: "Requests have no empty segments, so a path with // matches none of them.",
  fix: "Write a single slash.",
  bad: 'path "secret//app" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/app" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) =>
    rule.path.includes("//") ? `"${rule.path}" has an empty segment, which no request has` : undefined,
  ),
};
