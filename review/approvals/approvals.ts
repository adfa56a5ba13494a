import type { ComparedCapability } from "../../policies/compare/grant";
import type { KvIntent } from "../../policies/kv-intents";
import type { Place } from "../model";

/** What stands in `strongroom.approvals.yaml`. */
export interface Approvals {
  readonly file: string;
  readonly approvals: readonly Approval[];
}

/** One gain that somebody has looked at and accepts: for one principal, and for no more than it says. */
export interface Approval {
  /** `auth/approle/role/dotmac`. */
  readonly principal: string;
  readonly gain: ApprovedGain;
  readonly by: string;
  readonly reason: string;
  /** RFC 3339; past it the approval covers nothing. */
  readonly until?: string;
  readonly place: Place;
}

/** What an approval is about; exactly one of the four. */
export type ApprovedGain =
  /** Intents on a secret or a tree of secrets: `secret/dotmac/*`. */
  | { readonly kind: "secret"; readonly secret: string; readonly intents: readonly KvIntent[] }
  /** Capabilities on an API path, written as a rule would: `sys/policies/acl/*`. */
  | { readonly kind: "path"; readonly path: string; readonly capabilities: readonly ComparedCapability[] }
  /** A wider bound of its login, by its name: `secret_id_num_uses`. */
  | {
      readonly kind: "constraint";
      readonly name: string;
      /** The value, as findings show it. @default any */
      readonly to?: string;
    }
  /** That it can get everything. */
  | { readonly kind: "escalation" };

/** Where there is no file, or nothing in it. */
export const NO_APPROVALS: Approvals = { file: "strongroom.approvals.yaml", approvals: [] };
