import type { Span } from "./position";

/** One thing about a document worth telling. An `error` makes the engine refuse the document; a `warning` does not. */
export interface PolicyFinding {
  readonly code: FindingCode;
  readonly severity: "error" | "warning";
  /** One sentence: what is wrong, and why. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
  readonly span: Span;
}

/** Every kind of finding of the parser; the semantic lints have their own ids in rules/. */
export type FindingCode =
  | "empty"
  | "encoding"
  | "byte-order-mark"
  | "character"
  | "string"
  | "number"
  | "comment"
  | "heredoc"
  | "syntax"
  | "too-deep"
  | "too-many"
  | "too-large"
  | "json"
  | "unknown-key"
  | "duplicate-key"
  | "ignored"
  | "type"
  | "capability"
  | "legacy-policy"
  | "duration"
  | "time"
  | "wildcard"
  | "template"
  | "control-group"
  | "filter-path"
  | "representation";
