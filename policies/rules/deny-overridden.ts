import { DENY } from "../capability";
import { PatternTrie } from "../semantics/pattern-trie";
import { patternFor, writtenPattern } from "../semantics/rank";
import { decisiveRules } from "./decisive";
import { eachMerged } from "./each";
import type { PolicyLint } from "./lint";

/** Deny is only as strong as its pattern. */
export const denyOverridden: PolicyLint = {
  id: "DENY_OVERRIDDEN",
  severity: "warning",
  reason: "A more specific rule allows something inside a deny, and the more specific rule wins.",
  fix: "Make the deny at least as specific, or take the inner rule away.",
  bad: 'path "a/*" {\n  capabilities = ["deny"]\n}\npath "a/b/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "a/*" {\n  capabilities = ["deny"]\n}\npath "b/*" {\n  capabilities = ["read"]\n}\n',
  check: eachMerged((merged, context) => {
    if ((merged.bits & DENY) === 0 || merged.pattern.kind === "exact") return undefined;
    const trie = new PatternTrie([patternFor(writtenPattern(merged.pattern))]);
    for (const [rule, path] of decisiveRules(context.list).decides) {
      if ((rule.bits & DENY) !== 0 || rule.bits === 0 || trie.best(path) < 0) continue;
      return `path "${writtenPattern(merged.pattern)}" denies, but path "${writtenPattern(rule.pattern)}" allows ${path} inside of it`;
    }
    return undefined;
  }),
};
