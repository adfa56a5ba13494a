/** What a person may ask for, in the engine's own words. GET is `read`, POST and PUT `update` (or `create`: see below). */
export const OPERATIONS = [
  "create",
  "read",
  "update",
  "patch",
  "delete",
  "list",
  "scan",
  "recover",
  "renew",
  "revoke",
  "rollback",
  "help",
] as const;

/** What a request does. `header` is an engine's own, for HEAD. */
export type Operation = (typeof OPERATIONS)[number] | "header";

/**
 * One request to be decided. A write is `create` only where the mount has an existence check and finds nothing
 * (KV data, cubbyhole and the like); everywhere else it is `update`.
 */
export interface AccessRequest {
  readonly operation: Operation;
  /** Without `/v1/`: `secret/data/app`. Leading slashes do not count. */
  readonly path: string;
  /** The body, or the query of a GET. Parameters are judged by it. */
  readonly data?: { readonly [parameter: string]: unknown };
  /** Seconds for which the answer is to be wrapped. @default not wrapped */
  readonly wrapTtl?: number;
  /** The namespace of the request, `team/`. @default the root namespace */
  readonly namespace?: string;
  /** Whether the path needs sudo. @default as the engine's own mounts have it (sudo-paths.ts) */
  readonly sudo?: boolean;
}

/** `unknown` where exactness cannot be claimed: it is to be read as the worst. */
export type Verdict = "allowed" | "denied" | "unknown";

/** Why a decision fell as it did. */
export type DecisionReason =
  | "root"
  | "help"
  | "granted"
  | "no-rule"
  | "deny"
  | "no-capability"
  | "sudo"
  | "wrapping"
  | "required-parameter"
  | "denied-parameter"
  | "allowed-parameters"
  | "pagination"
  | "failure"
  | "template"
  | "inexact";
