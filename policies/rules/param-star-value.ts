import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** `"*"` alone is that very text. */
export const paramStarValue: PolicyLint = {
  id: "PARAM_STAR_VALUE",
  severity: "error",
  reason: 'A value "*" alone is the text *, and no wildcard.',
  fix: "Write [] for any value.",
  bad: 'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "name" = ["*"]\n  }\n}\n',
  good: 'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "name" = []\n  }\n}\n',
  check: eachRule((rule) => {
    const all = [
      ...Object.entries(rule.allowedParameters ?? {}),
      ...Object.entries(rule.deniedParameters ?? {}),
    ];
    const found = all.find(([, values]) => values.includes("*"));
    return found && `the value "*" of "${found[0]}" is the text * only`;
  }),
};
