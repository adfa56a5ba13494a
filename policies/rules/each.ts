import { patternOf } from "../pattern";
import { policyName } from "../policy-name";
import type { PolicyRule } from "../rule";
import type { MergedRule } from "../semantics/merged-rule";
import { needsSudo } from "../semantics/sudo-paths";
import type { LintContext, LintedPolicy, LintHit } from "./lint";

/** Every rule of every policy. */
export function* everyRule(
  context: LintContext,
): Generator<{ policy: LintedPolicy; index: number; rule: PolicyRule }> {
  for (const policy of context.policies) {
    for (const [index, rule] of policy.document.rules.entries()) yield { policy, index, rule };
  }
}

/** Strikes at every rule for which `message` finds something to say. */
export function eachRule(
  message: (rule: PolicyRule, context: LintContext) => string | undefined,
  attribute?: string,
): (context: LintContext) => Iterable<LintHit> {
  return function* (context) {
    for (const { policy, index, rule } of everyRule(context)) {
      const text = message(rule, context);
      if (text !== undefined)
        yield { policy, index, message: text, ...(attribute === undefined ? {} : { attribute }) };
    }
  };
}

/** Strikes at the first source of every merged rule for which `message` finds something to say. */
export function eachMerged(
  message: (rule: MergedRule, context: LintContext) => string | undefined,
): (context: LintContext) => Iterable<LintHit> {
  return function* (context) {
    for (const merged of context.list.rules()) {
      const text = message(merged, context);
      const source = merged.sources[0];
      const policy = source && context.policies.find((each) => policyName(each.name) === source.policy);
      if (text !== undefined && policy) yield { policy, index: source.index, message: text };
    }
  };
}

/** The KV v2 mount that a rule's path begins with. */
export function kv2MountOf(path: string, context: LintContext): string | undefined {
  const bare = patternOf(path);
  return context.kvMounts.find((mount) => mount.version === 2 && bare.startsWith(mount.path))?.path;
}

/** Whether the engine asks for sudo on a rule's path, were it a request's. */
export function pathNeedsSudo(path: string, context: LintContext): boolean {
  return needsSudo(patternOf(path), context.dialect, context.mounts);
}

/** Whether the rule denies whatever it matches. */
export function isDeny(rule: PolicyRule): boolean {
  return rule.capabilities.includes("deny");
}
