import { CAPABILITIES, capabilityBit, DENY } from "../capability";
import { patternFor, writtenPattern } from "../semantics/rank";
import { everyRule } from "./each";
import type { LintHit, PolicyLint } from "./lint";

/** A grant that a weaker rule of the same set makes, and a stronger one takes back: the sum is less than either author thinks. */
export const shadowed: PolicyLint = {
  id: "SHADOWED",
  severity: "info",
  reason:
    "A more specific rule of another policy takes capabilities away on a part of this one, because only one rule decides.",
  fix: "Repeat the capabilities in the more specific rule if they are meant to hold there.",
  bad: '# policy one\npath "a/*" {\n  capabilities = ["read", "list"]\n}\n=== two\npath "a/b/*" {\n  capabilities = ["update"]\n}\n',
  good: 'path "a/*" {\n  capabilities = ["read"]\n}\n=== two\npath "a/b/*" {\n  capabilities = ["read", "update"]\n}\n',
  *check(context): Iterable<LintHit> {
    for (const { policy, index, rule } of everyRule(context)) {
      const pattern = patternFor(rule.path);
      if (pattern.kind === "segment" || rule.path.includes("{{")) continue;
      const bits = rule.capabilities.reduce((sum, word) => sum | capabilityBit(word), 0);
      if ((bits & DENY) !== 0 || bits === 0) continue;
      const weaker = context.list.matches(pattern.text).filter(({ pattern: other, sources }) => {
        return (
          (other.kind !== pattern.kind || other.text !== pattern.text) &&
          sources.every((source) => source.policy !== policy.name.trim().toLowerCase())
        );
      });
      for (const other of weaker) {
        const lost = CAPABILITIES.filter(
          (word) => word !== "deny" && (other.bits & ~bits & capabilityBit(word)) !== 0,
        );
        if (lost.length === 0) continue;
        const message = `path "${rule.path}" takes ${lost.join(", ")} away from path "${writtenPattern(other.pattern)}" of ${other.sources[0]?.policy}`;
        yield { policy, index, message };
        break;
      }
    }
  },
};
