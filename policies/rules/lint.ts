import type { Dialect } from "../dialect";
import type { PolicyDocument } from "../document";
import type { Span } from "../language/position";
import type { ReadPolicy } from "../language/read";
import type { AccessList } from "../semantics/access-list";
import type { Mount } from "../semantics/sudo-paths";

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

/** How bad it is; `info` only tells. */
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
  /** @default none: nothing is said of KV */
  readonly kvMounts?: readonly KvMount[];
  /** Other mounts, for paths that need sudo. @default those that every server has */
  readonly mounts?: readonly Mount[];
  /** Milliseconds since 1970. @default nothing has expired */
  readonly now?: number;
  /** Policy names that come along, whether their texts are here or not. @default none */
  readonly attached?: readonly string[];
  /** @default none */
  readonly suppressions?: readonly Suppression[];
}
