import { capabilityBit, DENY } from "../capability";
import { writtenPattern } from "../semantics/rank";
import { eachMerged } from "./each";
import type { PolicyLint } from "./lint";

/** A deny of a folder's own path is found by LIST only where the engine trims the slash before it looks. */
export const denyListSlash: PolicyLint = {
  id: "DENY_LIST_SLASH",
  severity: "warning",
  reason: "A deny without a slash or star at its end does not stop the listing below it.",
  fix: "Write the deny with /* (and once without, for the path itself).",
  bad: 'path "a/*" {\n  capabilities = ["list"]\n}\npath "a/+" {\n  capabilities = ["deny"]\n}\n',
  good: 'path "a/*" {\n  capabilities = ["list"]\n}\npath "a/b/*" {\n  capabilities = ["deny"]\n}\n',
  check: eachMerged(({ bits, pattern }, context) => {
    if ((bits & DENY) === 0 || pattern.kind === "prefix" || /[*/]$/.test(pattern.text)) return undefined;
    const example = pattern.text.replace(/(^|\/)\+(?=\/|$)/g, "$1x");
    const below = context.list.lookup(`${example}/`, context.dialect.listMode);
    const deeper = context.list.lookup(`${example}/x/`, context.dialect.listMode);
    const open = [below, deeper].find((rule) => rule && (rule.bits & capabilityBit("list")) !== 0);
    return (
      open &&
      `path "${writtenPattern(pattern)}" is denied, but listing at or below ${example}/ is allowed by path "${writtenPattern(open.pattern)}"`
    );
  }),
};
