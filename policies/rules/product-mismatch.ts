import { isCapability } from "../capability";
import { everyRule } from "./each";
import type { LintHit, PolicyLint } from "./lint";

/** Words that the engine in question does not know make it refuse the whole policy. */
export const productMismatch: PolicyLint = {
  id: "PRODUCT_MISMATCH",
  severity: "error",
  reason: "The engine does not know this word, and refuses the whole policy for it.",
  fix: "Remove it, or use an engine that knows it.",
  bad: 'path "a" {\n  capabilities = ["recover"]\n}\n',
  good: 'path "a" {\n  capabilities = ["read"]\n}\n',
  *check(context): Iterable<LintHit> {
    const { dialect } = context;
    const attributes = [
      ["pagination_limit", "paginationLimit"],
      ["expiration", "expiration"],
      ["list_scan_response_keys_filter_path", "listScanResponseKeysFilterPath"],
      ["control_group", "controlGroup"],
      ["subscribe_event_types", "subscribeEventTypes"],
    ] as const;
    for (const { policy, index, rule } of everyRule(context)) {
      const word = rule.capabilities.find((each) => isCapability(each) && !dialect.capabilities.has(each));
      if (word)
        yield {
          policy,
          index,
          attribute: "capabilities",
          message: `${dialect.engine} has no capability "${word}"`,
        };
      const name = attributes.find(
        ([written, key]) => rule[key] !== undefined && !dialect.attributes.has(written),
      )?.[0];
      if (name) yield { policy, index, attribute: name, message: `${dialect.engine} has no ${name}` };
    }
  },
};
