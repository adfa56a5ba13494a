import { DEFAULT_ENGINE, type Dialect, dialectOf } from "../dialect";
import type { PolicyDocument } from "../document";
import type { Span } from "../language/position";
import type { ReadPolicy } from "../language/read";
import type { PolicyRule } from "../rule";
import { AccessList, policyName } from "../semantics/access-list";
import type { MergedRule } from "../semantics/merged-rule";
import { type Mount, needsSudo } from "../semantics/sudo-paths";

/** A document to be looked at: under its name, with its source where there is one. */
export interface LintedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
  /** From `readPolicy`; without it findings have no place, and what only the text shows is not seen. */
  readonly read?: ReadPolicy;
  readonly file?: string;
}

/** A KV mount; only with these can lints tell KV v1 from v2. */
export interface KvMount {
  readonly path: string;
  readonly version: 1 | 2;
}

/** All that a lint may look at. `policies` are those of one principal, or of one set that is meant to be used together. */
export interface LintContext {
  readonly policies: readonly LintedPolicy[];
  readonly dialect: Dialect;
  readonly kvMounts: readonly KvMount[];
  readonly mounts: readonly Mount[];
  /** Milliseconds since 1970. */
  readonly now: number | undefined;
  /** Policy names that principals bring along, `default` among them. */
  readonly attached: readonly string[];
  /** The policies together. */
  readonly list: AccessList;
}

export type Severity = "error" | "warning" | "info";

/** One lint: pure, told apart by its id. */
export interface PolicyLint {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what is wrong with such a rule, and why. */
  readonly reason: string;
  readonly fix: string;
  /** Policies in HCL, and how they should be. */
  readonly bad: string;
  readonly good: string;
  /** What the examples need besides: mounts, engine, attached policies. */
  readonly example?: LintOptions;
  readonly check: (context: LintContext) => Iterable<LintHit>;
}

/** A rule at which a lint strikes. Without an index it is the whole policy. */
export interface LintHit {
  readonly policy: LintedPolicy;
  readonly index?: number;
  /** The attribute to point at. @default the path */
  readonly attribute?: string;
  /** One sentence about this very rule. */
  readonly message: string;
}

/** A lint that struck, with its place. */
export interface LintFinding {
  readonly id: string;
  readonly severity: Severity;
  readonly policy: string;
  /** Of the rule in its policy; without it the finding is about the whole policy. */
  readonly index: number | undefined;
  readonly path: string | undefined;
  readonly message: string;
  readonly fix: string;
  readonly file: string | undefined;
  readonly span: Span | undefined;
  /** Why nobody minds, where a suppression says so. */
  readonly suppressed?: string;
}

/** Keeps a finding quiet. It needs a reason, and may end. */
export interface Suppression {
  readonly id: string;
  /** @default every policy */
  readonly policy?: string;
  /** The path of the rule, as written. @default every rule */
  readonly path?: string;
  readonly reason: string;
  /** RFC 3339; past it the finding counts again. */
  readonly until?: string;
}

export interface LintOptions {
  /** @default openbao@2.7.2 */
  readonly engine?: string;
  readonly kvMounts?: readonly KvMount[];
  readonly mounts?: readonly Mount[];
  readonly now?: number;
  readonly attached?: readonly string[];
  readonly suppressions?: readonly Suppression[];
}

export function lintContext(policies: readonly LintedPolicy[], options: LintOptions = {}): LintContext {
  const dialect = dialectOf(options.engine ?? DEFAULT_ENGINE);
  // Root cannot be compiled together with others, and there is nothing to say about it.
  const compiled = policies.filter((policy) => policyName(policy.name) !== "root");
  return {
    policies,
    dialect,
    kvMounts: options.kvMounts ?? [],
    mounts: options.mounts ?? [],
    now: options.now,
    attached: options.attached ?? [],
    list: AccessList.compile(compiled, {
      engine: dialect,
      ...(options.now === undefined ? {} : { now: options.now }),
    }),
  };
}

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
  const bare = path.replace(/^\//, "");
  return context.kvMounts.find((mount) => mount.version === 2 && bare.startsWith(mount.path))?.path;
}

export function asksForSudo(path: string, context: LintContext): boolean {
  return needsSudo(path.replace(/^\//, ""), context.dialect, context.mounts);
}

export function isDeny(rule: PolicyRule): boolean {
  return rule.capabilities.includes("deny");
}
