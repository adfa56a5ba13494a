import { patternOf } from "../pattern";
import { eachRule, kv2MountOf } from "./each";
import type { PolicyLint } from "./lint";

/** KV v2 wraps the fields of a secret: the parameters of its requests are `data` and `options`. */
export const kv2ParamsUseless: PolicyLint = {
  id: "KV2_PARAMS_USELESS",
  severity: "warning",
  reason:
    "On KV v2 the parameters of a write are data and options, never the keys of the secret, so such lists do not do what they say.",
  fix: "Remove the parameters; field-level rules are not possible on KV v2.",
  bad: 'path "secret/data/app" {\n  capabilities = ["update"]\n  allowed_parameters = {\n    "password" = []\n  }\n}\n',
  good: 'path "secret/data/app" {\n  capabilities = ["update"]\n}\n',
  example: { kvMounts: [{ path: "secret/", version: 2 }] },
  check: eachRule((rule, context) => {
    const mount = kv2MountOf(rule.path, context);
    if (mount === undefined || !patternOf(rule.path).startsWith(`${mount}data/`)) return undefined;
    const names = [
      ...Object.keys(rule.allowedParameters ?? {}),
      ...Object.keys(rule.deniedParameters ?? {}),
      ...(rule.requiredParameters ?? []),
    ];
    const odd = names.filter((name) => !["data", "options", "version", "*"].includes(name));
    return odd.length > 0 ? `${odd.join(", ")} is no parameter of a KV v2 request` : undefined;
  }),
};
