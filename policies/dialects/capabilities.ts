import type { Capability } from "../capability";

/** The capabilities that every engine knows. */
export const COMMON_CAPABILITIES: readonly Capability[] = [
  "create",
  "read",
  "update",
  "delete",
  "list",
  "sudo",
  "deny",
  "patch",
];
