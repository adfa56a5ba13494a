import type { DeclarationPlace } from "../base/declaration-place";
import type { Intent } from "../policies/intent";
import type { KvMount } from "./kv-mount";

/** What a grant is about: one secret, or the members of a family. */
export interface GrantTarget {
  /** The construct that stands for it, as a person finds it in the tree. */
  readonly construct: string;
  readonly mount: KvMount;
  /** The path as people write it, with its mount: `secret/project/odin/{name}`. */
  readonly title: string;
  /** Path below the mount; `+` stands for any one segment. */
  readonly pattern: string;
  /** Folders in which its name shows: every folder from the first wildcard down, else the one that holds it. */
  readonly folders: readonly string[];
}

/** Principal x intent x secret. Grants become the principal's policy document, and nothing else does. */
export interface Grant {
  readonly intent: Intent;
  readonly target: GrantTarget;
  /** The call that made it, where the registry records grants. */
  readonly place?: DeclarationPlace;
}

/** Who can be granted something: every kind of principal. */
export interface IGrantee {
  addGrant(grant: Grant): void;
}
