import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Only a whole segment `+` is a wildcard. */
export const plusLiteral: PolicyLint = {
  id: "PLUS_LITERAL",
  severity: "warning",
  reason:
    "A plus that is not a whole segment is an ordinary character; it still lowers the rank of the rule.",
  fix: "Make + the whole segment, or use a star at the end of the path.",
  bad: 'path "secret/app+/db" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/+/db" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) => {
    const odd = rule.path.split("/").find((segment) => segment.includes("+") && segment !== "+");
    return odd === undefined ? undefined : `the plus in "${odd}" is no wildcard`;
  }),
};
