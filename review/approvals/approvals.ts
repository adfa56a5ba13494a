import type { Place } from "../model";

/** What stands in `strongroom.approvals.yaml`. */
export interface Approvals {
  readonly file: string;
  readonly approvals: readonly Approval[];
}

/** One gain that somebody has looked at and accepts. */
export interface Approval {
  /** `auth/approle/role/dotmac`. */
  readonly principal: string;
  /** Intents of KV v2 (`read-values`), or `any`; absent where capabilities are named. */
  readonly intents?: readonly string[];
  /** Capabilities on API paths; absent where intents are named. */
  readonly capabilities?: readonly string[];
  /** With intents a secret or a tree of secrets, `secret/dotmac/*`; with capabilities an API path, `sys/policies/acl/*`. */
  readonly region: string;
  readonly by: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly until?: string;
  readonly place: Place;
}
