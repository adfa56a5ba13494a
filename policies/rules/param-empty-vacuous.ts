import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** From Vault 1.21 on nothing to look at passes every allow-list. */
export const paramEmptyVacuous: PolicyLint = {
  id: "PARAM_EMPTY_VACUOUS",
  severity: "warning",
  reason:
    'Vault >= 1.21 looks at lists and comma texts element by element, so "" and [] pass any allow-list.',
  fix: "Add a guard in the role itself; the policy cannot tell an empty value.",
  bad: 'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "policies" = ["app"]\n  }\n}\n',
  good: 'path "a" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "policies" = []\n  }\n}\n',
  example: { engine: "vault@1.21.1" },
  check: eachRule((rule, context) => {
    if (!context.dialect.matchesElements) return undefined;
    const found = Object.entries(rule.allowedParameters ?? {}).find(
      ([name, values]) => values.length > 0 && name !== "*",
    );
    return found && `"${found[0]}" may be sent empty, whatever values are allowed`;
  }),
};
