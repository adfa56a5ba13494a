import { directivesOf } from "../semantics/templates";
import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Where the engine lets `*`, `+` and `/` into a template, whoever sets the value writes the pattern. */
export const tplInjectable: PolicyLint = {
  id: "TPL_INJECTABLE",
  severity: "error",
  reason: "This engine lets *, + and / into templates, so whoever sets the value can widen the pattern.",
  fix: "Use ids only, or an engine that refuses those characters (OpenBao >= 2.6).",
  bad: 'path "secret/{{identity.entity.metadata.team}}/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/{{identity.entity.id}}/*" {\n  capabilities = ["read"]\n}\n',
  example: { engine: "vault@1.21.1" },
  check: eachRule((rule, context) => {
    const blocked = context.dialect.blockedInTemplates;
    if (!rule.path.includes("{{") || (blocked !== undefined && blocked.length > 0)) return undefined;
    const found = directivesOf(rule.path).find(
      (directive) => !/\.ids?$|\.ids\.[^.]+\.id$/.test(directive) && !directive.startsWith("time."),
    );
    return found === undefined
      ? undefined
      : `{{${found}}} may bring *, + or / into the pattern on ${context.dialect.engine}`;
  }),
};
