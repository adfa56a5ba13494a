import { eachRule, isDeny } from "./each";
import type { PolicyLint } from "./lint";

/** Matching minds case; some resources do not. */
export const caseVariantDeny: PolicyLint = {
  id: "CASE_VARIANT_DENY",
  severity: "warning",
  reason:
    "Rules mind upper and lower case, but names of policies, users and roles often do not: such a deny is passed by another spelling.",
  fix: "Allow what is wanted instead of denying what is not.",
  bad: 'path "sys/policies/acl/*" {\n  capabilities = ["update"]\n}\npath "sys/policies/acl/admin" {\n  capabilities = ["deny"]\n}\n',
  good: 'path "sys/policies/acl/app" {\n  capabilities = ["update"]\n}\n',
  check: eachRule((rule, context) => {
    const match =
      isDeny(rule) &&
      /^\/?(sys\/polic(?:y|ies\/[^/]+)\/|auth\/[^/]+\/(?:users|role|groups)\/|identity\/[^/]+\/name\/)(.*[a-zA-Z].*)$/.exec(
        rule.path,
      );
    if (!match) return undefined;
    const [, head = "", name = ""] = match;
    const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
    const deciding = context.list.lookup(head + other.replace(/\*$/, "x"));
    return deciding &&
      !deciding.sources.some((source) => source.rule.capabilities.includes("deny")) &&
      deciding.bits !== 0
      ? `"${rule.path}" is denied, but ${head}${other} is not`
      : undefined;
  }),
};
