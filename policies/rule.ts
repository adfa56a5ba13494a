import type { Capability } from "./capability";

/** A value in `allowed_parameters` or `denied_parameters`: a string (which may begin or end with `*`), or any literal. */
export type ParameterValue =
  | string
  | number
  | boolean
  | readonly ParameterValue[]
  | { readonly [key: string]: ParameterValue };

/** Parameter name, in lower case, to the values it names; an empty list stands for every value. */
export type Parameters = { readonly [name: string]: readonly ParameterValue[] };

/** Who must approve a request before its answer is released. */
export interface ControlGroup {
  /** Seconds. */
  readonly ttl?: number;
  readonly selfAuthAllowed?: boolean;
  readonly factors: readonly ControlGroupFactor[];
}

/** Groups whose members have to approve, and how many of them. */
export interface ControlGroupFactor {
  readonly name: string;
  readonly controlledCapabilities?: readonly string[];
  readonly groupNames?: readonly string[];
  readonly groupIds?: readonly string[];
  readonly approvals?: number;
}

/**
 * One rule of a policy document, as a pure value. Only `path` and `capabilities` are needed; an empty list of
 * capabilities is legal, grants nothing and shadows less specific rules.
 */
export interface PolicyRule {
  /** As written: `secret/data/app/*`, with `+` for one segment and `{{identity…}}` templates. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Printed above the rule, one `#` a line. */
  readonly comment?: string;
  readonly allowedParameters?: Parameters;
  readonly deniedParameters?: Parameters;
  /** In lower case or not: the engine compares the lower case. */
  readonly requiredParameters?: readonly string[];
  /** Seconds. */
  readonly minWrappingTtl?: number;
  /** Seconds. */
  readonly maxWrappingTtl?: number;
  readonly mfaMethods?: readonly string[];
  readonly controlGroup?: ControlGroup;
  /** OpenBao >= 2.2: the largest page that a list may ask for. */
  readonly paginationLimit?: number;
  /** OpenBao >= 2.3: RFC 3339, or seconds since 1970. The rule is ignored from then on. */
  readonly expiration?: string;
  /** OpenBao >= 2.4: a template of the path on which the caller needs any capability to see a key. */
  readonly listScanResponseKeysFilterPath?: string;
  /** Vault: the events that `subscribe` covers. */
  readonly subscribeEventTypes?: readonly string[];
}
