import type { Capability } from "../capability";
import type { Version } from "./version";

/**
 * How LIST (and SCAN) picks its rule; this changed three times, and reading differs from listing in every mode.
 * After the exact rules for the path and for the path without its last slash:
 * L0 the best pattern for the path; L1 the best without the slash, then with it; L2 the best of both that denies or
 * lists, else the best of both; L3 the best with the slash, then without it.
 */
export type ListMode = "L0" | "L1" | "L2" | "L3";

/** Whose server it is. */
export type Product = "openbao" | "vault";

/** What differs between engines, resolved for one `product@version`. */
export interface Dialect {
  /** As asked for: `openbao@2.7.2`. */
  readonly engine: string;
  readonly product: Product;
  readonly version: Version;
  readonly listMode: ListMode;
  /** OpenBao's SCAN; Vault has none, and treats it as no operation. */
  readonly scanMode: ListMode | undefined;
  readonly capabilities: ReadonlySet<Capability>;
  /** The attributes that a rule may have. */
  readonly attributes: ReadonlySet<string>;
  /** Whether a key that is set twice with `=` refuses the document. */
  readonly refusesDuplicateKeys: boolean;
  /** Vault >= 1.21 looks at each element of a list or comma string; others compare the whole value. */
  readonly matchesElements: boolean;
  /** Characters that drop a rule when a template puts them in; `undefined` where that is not known. */
  readonly blockedInTemplates: readonly string[] | undefined;
  /** Whether such a character drops the one rule, or fails every request of its bearer (seen on OpenBao 2.7.2). */
  readonly forbiddenTemplate: "drops-rule" | "fails-token";
  /** OpenBao >= 2.6.1 turns a page limit of 0 into the largest page, and refuses negative ones. */
  readonly closesZeroLimit: boolean;
  /**
   * Vault >= 1.20.3: as JSON, escapes included, a text may have no more bytes (`max_json_string_value_length` of its
   * listener).
   */
  readonly largestText?: number;
  /** Why decisions cannot be claimed exact, if they cannot. */
  readonly inexact?: string;
  /** Said when the version is not one that was checked, and the nearest known one stands in. */
  readonly note?: string;
}
