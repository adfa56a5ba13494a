import { DENY, toBits } from "../capability";
import { writtenPattern } from "../semantics/rank";
import { eachMerged } from "./each";
import type { PolicyLint } from "./lint";

/** The same pattern denied here and allowed there: deny wins, whatever the order. */
export const denyStickyConflict: PolicyLint = {
  id: "DENY_STICKY_CONFLICT",
  severity: "warning",
  reason:
    "The same pattern is allowed in one place and denied in another; deny sticks, so the allowing rule does nothing.",
  fix: "Remove one of them.",
  bad: 'path "a/*" {\n  capabilities = ["read"]\n}\n=== two\npath "a/*" {\n  capabilities = ["deny"]\n}\n',
  good: 'path "a/*" {\n  capabilities = ["read"]\n}\n=== two\npath "b/*" {\n  capabilities = ["deny"]\n}\n',
  check: eachMerged(({ bits, sources, pattern }) => {
    if ((bits & DENY) === 0) return undefined;
    const allowing = sources.filter(
      ({ rule }) => (toBits(rule.capabilities) & DENY) === 0 && rule.capabilities.length > 0,
    );
    const denying = sources.find(({ rule }) => rule.capabilities.includes("deny"));
    return (
      allowing[0] &&
      `path "${writtenPattern(pattern)}" is allowed in ${allowing[0].policy} and denied in ${denying?.policy}: it is denied`
    );
  }),
};
