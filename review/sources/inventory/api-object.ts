import type { Place, RevisionPrincipalKind } from "../../model";
import type { Settings } from "./value";

/** A thing as the engines' API would be told it: every source speaks in these. */
export interface ApiObject {
  /** Below `/v1/`: `auth/approle/role/dotmac`. */
  readonly path: string;
  readonly settings: Settings;
  /** How doubts name it: its address in Terraform, or its path. */
  readonly label: string;
  /** What others call it: ids, accessors, references. */
  readonly keys?: readonly string[];
  /** For logins, where the path does not say. */
  readonly kind?: RevisionPrincipalKind;
  /** For logins: what the one alias of its entity is called. */
  readonly aliasNames?: readonly string[];
  /** For mounts: what stays when they are moved. */
  readonly identity?: string;
  readonly place?: Place;
}
