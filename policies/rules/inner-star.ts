import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** A star counts only as the last character. */
export const innerStar: PolicyLint = {
  id: "INNER_STAR",
  severity: "error",
  reason: "A star anywhere but at the end is an ordinary character, so the rule matches almost nothing.",
  fix: "Use + for one whole segment, or end the path with the star.",
  bad: 'path "secret/*/db" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/+/db" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) =>
    rule.path.slice(0, -1).includes("*") ? `the star inside "${rule.path}" is no wildcard` : undefined,
  ),
};
