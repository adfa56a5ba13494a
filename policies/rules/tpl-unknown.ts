import { directivesOf } from "../semantics/templates";
import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

const KNOWN =
  /^(identity\.entity\.(id|name|metadata\..+|aliases\.[^.]+\.(id|name|metadata\..+|custom_metadata\..+))|identity\.groups\.(ids|names)\.[^.]+\.(id|name|metadata\..+)|time\.now(\.(plus|minus)\..+)?)$/s;

/** A misspelt directive is accepted when the policy is written, and never matches. */
export const tplUnknown: PolicyLint = {
  id: "TPL_UNKNOWN",
  severity: "error",
  reason: "Engines accept a misspelt template and drop the rule silently at every request.",
  fix: "Use identity.entity.id, .name, .metadata.KEY, .aliases.ACCESSOR.name, or identity.groups.ids.ID.name.",
  bad: 'path "secret/{{identity.entity.nam}}/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/{{identity.entity.id}}/*" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) => {
    const wrong = rule.path.includes("{{")
      ? directivesOf(rule.path).find((directive) => !KNOWN.test(directive))
      : undefined;
    return wrong === undefined ? undefined : `{{${wrong}}} stands for nothing: the rule never matches`;
  }),
};
