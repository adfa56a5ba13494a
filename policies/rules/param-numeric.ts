import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** A number in a policy never equals a number in a request. */
export const paramNumeric: PolicyLint = {
  id: "PARAM_NUMERIC",
  severity: "error",
  reason:
    "Numbers in a policy never equal those of a request, and quoted ones are passed by whoever sends a bare number.",
  fix: "Do not rely on values of numbers; require or deny the parameter as a whole with [].",
  bad: 'path "a" {\n  capabilities = ["update"]\n  denied_parameters = {\n    "ttl" = [0]\n  }\n}\n',
  good: 'path "a" {\n  capabilities = ["update"]\n  denied_parameters = {\n    "ttl" = []\n  }\n}\n',
  check: eachRule((rule) => {
    for (const [list, parameters] of [
      ["allowed", rule.allowedParameters],
      ["denied", rule.deniedParameters],
    ] as const) {
      for (const [name, values] of Object.entries(parameters ?? {})) {
        const number = values.find(
          (value) =>
            typeof value === "number" ||
            (list === "denied" && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)),
        );
        if (number !== undefined)
          return `${list}_parameters of "${name}" names the number ${number}, which a request's number never equals`;
      }
    }
    return undefined;
  }),
};
