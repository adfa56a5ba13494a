import { writtenPattern } from "../semantics/rank";
import { decisiveRules } from "./decisive";
import { eachMerged } from "./each";
import type { PolicyLint } from "./lint";

/** A rule that decides nothing, on no path and in no list, of this engine. */
export const deadRule: PolicyLint = {
  id: "DEAD_RULE",
  severity: "warning",
  reason:
    "The rule wins on no path at all: stronger patterns cover everything that it matches, or no request has such a path.",
  fix: "Remove it, or make it more specific than what covers it.",
  bad: 'path "s/*" {\n  capabilities = ["read"]\n}\npath "s/+/+/foo/*" {\n  capabilities = ["deny"]\n}\n',
  good: 'path "s/*" {\n  capabilities = ["read"]\n}\npath "s/a/*" {\n  capabilities = ["deny"]\n}\n',
  check: eachMerged((merged, context) => {
    // Asked of running servers: they answer 404 before they look at a policy.
    if (merged.pattern.kind === "exact" && merged.pattern.text === "")
      return 'path "" decides nothing: no request has an empty path';
    const { decides, complete } = decisiveRules(context.list);
    // Such a pattern begins with a slash, which no request path does: another lint tells why.
    if (!complete || decides.has(merged) || merged.pattern.text.startsWith("/")) return undefined;
    return `path "${writtenPattern(merged.pattern)}" decides nothing: stronger patterns win wherever it matches`;
  }),
};
