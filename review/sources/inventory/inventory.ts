import type { Doubt, Place, RevisionAuditDevice, RevisionMount, RevisionPrincipalKind } from "../../model";
import type { Settings, Value } from "./value";

/** What a source holds, before it is worked out who has which access: one list for each kind of thing. */
export interface Inventory {
  readonly mounts: RevisionMount[];
  readonly policies: FoundPolicy[];
  readonly authMounts: FoundAuthMount[];
  readonly logins: FoundLogin[];
  readonly methods: FoundMethod[];
  /** Absent where the source does not tell. */
  credentials?: FoundCredential[];
  /** Whether what is named and is not here may exist all the same: Terraform keeps a part of a server. */
  isPart?: boolean;
  readonly entities: FoundEntity[];
  readonly groups: FoundGroup[];
  readonly aliases: FoundAlias[];
  readonly groupAliases: FoundGroupAlias[];
  readonly auditDevices: RevisionAuditDevice[];
  readonly doubts: Doubt[];
}

/** A policy, with its text where the source knows it. */
export interface FoundPolicy {
  readonly name: string;
  /** Absent where the source does not know it; `why` says so. */
  readonly text?: string;
  readonly why?: string;
  readonly place?: Place;
  /** When all of it ends, and what it lets into its templates; of OpenBao's alone. */
  readonly expiration?: string;
  readonly allowedInTemplates?: readonly ("/" | "*" | "+")[];
  /** Whether `place.file` holds the text itself. */
  readonly verbatim?: boolean;
}

/** A mounted login method. */
export interface FoundAuthMount {
  /** Without slashes at its ends: `approle`. */
  readonly path: string;
  readonly type: string;
  /** What aliases call it: its accessor, or a reference to that. */
  readonly keys: readonly string[];
}

/** The configuration of an auth method itself: whom it trusts, and what everybody who logs in there gets. */
export interface FoundMethod {
  /** The auth mount below `auth/`, without slashes at its ends. */
  readonly mount: string;
  /** What of it is kept apart: `/identity`, `/tune`. */
  readonly part?: string;
  readonly settings: Settings;
  readonly place?: Place;
}

/** A role, a user, a certificate: whatever somebody logs in as. */
export interface FoundLogin {
  /** `auth/approle/role/dotmac`. */
  readonly path: string;
  /** The auth mount below `auth/`, without slashes at its ends. */
  readonly mount: string;
  readonly name: string;
  /** @default as the mount's type says */
  readonly kind?: RevisionPrincipalKind;
  readonly settings: Settings;
  /** What the alias of its entity is called, where one login makes one alias: a role id, or a reference to it. */
  readonly aliasNames?: readonly string[];
  readonly place?: Place;
}

/** A password or a secret id that a source hands out: who has it is known to nobody here. */
export interface FoundCredential {
  /** `auth/approle/role/dotmac`. */
  readonly login: string;
  /** What hands it out. */
  readonly label: string;
}

/** Ids are whatever other things name it by: the server's id, its name, or a reference. */
export interface FoundEntity {
  readonly keys: readonly string[];
  readonly name: string;
  readonly policies: readonly Value[];
  readonly metadata: Settings;
  readonly disabled: boolean;
  readonly place?: Place;
}

/** A group of entities and of other groups. */
export interface FoundGroup {
  readonly keys: readonly string[];
  readonly name: string;
  readonly policies: readonly Value[];
  readonly memberEntities: readonly Value[];
  readonly memberGroups: readonly Value[];
  readonly metadata: Settings;
  readonly place?: Place;
}

/** Ties a login of an auth mount to an entity. */
export interface FoundAlias {
  readonly name: string;
  /** A key of the mount and one of the entity. */
  readonly mount: string;
  readonly entity: string;
  /** Set where one of these is an expression: it has to lead somewhere. Says which alias this is. */
  readonly label?: string;
}

/** Ties a group of another system, as an auth mount knows it, to a group here. */
export interface FoundGroupAlias {
  readonly name: Value;
  /** A key of the mount. */
  readonly mount: Value;
  /** A key of the group. */
  readonly group: string;
}

/** For a source to fill. */
export function emptyInventory(): Inventory {
  return {
    mounts: [],
    policies: [],
    authMounts: [],
    logins: [],
    methods: [],
    entities: [],
    groups: [],
    aliases: [],
    groupAliases: [],
    auditDevices: [],
    doubts: [],
  };
}
