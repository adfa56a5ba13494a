import { patternOf } from "../pattern";
import { eachRule, isDeny } from "./each";
import type { PolicyLint } from "./lint";

/** A pattern of the root namespace matches the full path, children included. */
export const nsReach: PolicyLint = {
  id: "NS_REACH",
  severity: "warning",
  reason:
    "Rules of the root namespace match full paths, so a pattern that begins with a wildcard reaches into child namespaces.",
  fix: "Begin the path with the mount.",
  bad: 'path "+/kv/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "kv/*" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) => {
    const bare = patternOf(rule.path);
    return !isDeny(rule) && (bare.startsWith("+/") || bare === "*" || bare === "+")
      ? `"${rule.path}" reaches every namespace`
      : undefined;
  }),
};
