import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** An allow-list does not make a parameter necessary. */
export const paramNoRequired: PolicyLint = {
  id: "PARAM_NO_REQUIRED",
  severity: "info",
  reason:
    "Values are restricted for a parameter that may be left out, and an empty body skips the lists altogether.",
  fix: "Name it in required_parameters too.",
  bad: 'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "role" = ["reader"]\n  }\n}\n',
  good: 'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "role" = ["reader"]\n  }\n  required_parameters = ["role"]\n}\n',
  check: eachRule((rule) => {
    const required = new Set((rule.requiredParameters ?? []).map((name) => name.toLowerCase()));
    const free = Object.entries(rule.allowedParameters ?? {}).filter(
      ([name, values]) => values.length > 0 && name !== "*" && !required.has(name),
    );
    return free[0] && `"${free[0][0]}" has allowed values, but may be left out`;
  }),
};
