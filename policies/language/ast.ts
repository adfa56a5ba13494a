import type { Problem } from "./escapes";

/**
 * The tree of a policy document, the same for HCL and JSON. Positions are offsets into the source text; lines and
 * columns are worked out only when a finding asks for them.
 */
export type Node = Literal | ListNode | ObjectNode;

/** A string, a number or a boolean. */
export interface Literal {
  readonly kind: "literal";
  readonly type: LiteralType;
  /** Strings: their value. Numbers and booleans: as written. */
  readonly text: string;
  /** Why the engine cannot work out the value, if it cannot; it only minds where it needs the value. */
  readonly problem?: Problem | undefined;
  readonly start: number;
  readonly end: number;
}

export type LiteralType = "string" | "heredoc" | "number" | "float" | "bool";

/** `[a, b]`. */
export interface ListNode {
  readonly kind: "list";
  readonly items: readonly Node[];
  readonly start: number;
  readonly end: number;
}

/** What stands between braces: the items of a block or of a JSON object. */
export interface ObjectNode {
  readonly kind: "object";
  readonly items: readonly Item[];
  readonly start: number;
  readonly end: number;
}

/** `key = value`, `key { … }` or `key "label" { … }`. */
export interface Item {
  readonly keys: readonly Key[];
  /** Whether it was written with `=` (or `:`); Vault refuses to see such a key twice. */
  readonly assigned: boolean;
  readonly value: Node;
  /** The comment on the lines directly above, without its marks. */
  readonly comment?: string;
  readonly start: number;
  readonly end: number;
}

/** A name or a label in front of a value. */
export interface Key {
  readonly text: string;
  /** As written: `a` and `"a"` are two keys for Vault's check of duplicates. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** How deep lists and blocks may nest here. The engines take more; no policy needs it, and a bound keeps the stack. */
export const MAX_DEPTH = 500;
