import { directivesOf } from "../semantics/templates";
import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Names can be changed by whoever may write the entity; ids cannot. */
export const tplMutableName: PolicyLint = {
  id: "TPL_MUTABLE_NAME",
  severity: "warning",
  reason:
    "Names and metadata of an entity can be changed, and a new bearer of the name gets the old one's secrets.",
  fix: "Use ids: identity.entity.id, aliases.ACCESSOR.id, groups.ids.ID.",
  bad: 'path "secret/{{identity.entity.name}}/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/{{identity.entity.id}}/*" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) => {
    const found = rule.path.includes("{{")
      ? directivesOf(rule.path).find((directive) => /\.name$|metadata\./.test(directive))
      : undefined;
    return found === undefined ? undefined : `{{${found}}} can be changed after the fact`;
  }),
};
