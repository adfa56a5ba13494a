import type { Capability } from "../policies/capability";
import type { Intent } from "../policies/intent";
import type { PolicyFinding } from "../policies/language/finding";
import type { ReadPolicy } from "../policies/language/read";
import type { NamedPolicy } from "../policies/semantics/access-list";
import type { Entity } from "../policies/semantics/templates";

/**
 * All that decides who may do what at one moment, from whichever source: a git revision, Terraform JSON, a folder of
 * policies or a live server. Everything in `review/` reads this and nothing else of a source.
 */
export interface AccessRevision {
  /** As a reader knows it: `working tree`, `4f1c2aa`, `plan.json`, `http://127.0.0.1:8200`. */
  readonly label: string;
  /** `openbao@2.7.2`: whose semantics decide. */
  readonly engine: string;
  readonly mounts: readonly RevisionMount[];
  readonly policies: readonly RevisionPolicy[];
  readonly principals: readonly RevisionPrincipal[];
  /** The names that secrets go by; empty where the source knows none. */
  readonly secrets: readonly NamedSecret[];
  readonly guardrails: readonly RevisionGuardrail[];
  readonly auditDevices: readonly RevisionAuditDevice[];
  /** What the source could not tell. Each makes the review fail closed for what it is about. */
  readonly doubts: readonly Doubt[];
}

/** A place in a file that people edit: line and column begin at 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** A mounted secrets engine. */
export interface RevisionMount {
  /** With its slash: `secret/`. */
  readonly path: string;
  /** `kv`, `transit`, `database`, … */
  readonly type: string;
  /** For `kv` alone. */
  readonly kvVersion?: 1 | 2;
  /** What stays the same when it is moved: the resource's address in Terraform, or the accessor of a server. */
  readonly identity?: string;
  readonly place?: Place;
}

/** A policy with its text. */
export interface RevisionPolicy extends NamedPolicy {
  /** The text that `read` was made of; absent where only rules are known. */
  readonly text?: string;
  /** Positions in `text`. */
  readonly read?: ReadPolicy;
  /** Where the text stands, or the construct that derives it. */
  readonly place?: Place;
  /**
   * How lines of `text` become lines of `place.file`: true where the file holds the text itself, so that positions of `read`
   * are positions of the file; false where the text is derived, and only `place` can be pointed at.
   */
  readonly verbatim: boolean;
  /** Where each rule was granted, by its index; for derived policies. */
  readonly rulePlaces?: readonly (Place | undefined)[];
  /** The same by capability: a rule can be made of several grants. */
  readonly capabilityPlaces?: readonly ({ readonly [capability: string]: Place } | undefined)[];
  /** The grants that a derived policy is made of. */
  readonly grants?: readonly RevisionGrant[];
  /**
   * Set when the text cannot be read; `document` is empty then, and whoever holds the policy is a doubt. Without any
   * finding where the source does not know the text: one of its doubts says why.
   */
  readonly unreadable?: readonly PolicyFinding[];
}

/** One grant behind a derived policy: an intent on one secret, or on the members of a family. */
export interface RevisionGrant {
  readonly intent: Intent;
  /** With its mount, `+` for the parameters of a family: `secret/database/connection`. */
  readonly secret: string;
  /** What it gives on API paths; `+` stands for a whole segment. */
  readonly needs: readonly { readonly path: string; readonly capabilities: readonly Capability[] }[];
  /** The call that grants it. */
  readonly place?: Place;
}

/** How a principal logs in; `group` and `entity` do not, and stand for whoever is in or behind them. */
export type RevisionPrincipalKind =
  | "approle"
  | "kubernetes"
  | "token"
  | "jwt"
  | "aws"
  | "userpass"
  | "cert"
  | "group"
  | "entity"
  | "other";

/** Who logs in, with everything that the login brings. */
export interface RevisionPrincipal {
  /** Unique in its revision and the same in another one: the path of the role, `auth/approle/role/dotmac`. */
  readonly name: string;
  readonly kind: RevisionPrincipalKind;
  /** As people say it: `AppRole dotmac`. */
  readonly title: string;
  /** The name of every policy in effect, each with how it came. `default` is one of them unless it is disabled. */
  readonly holds: readonly HeldPolicy[];
  /** Who may log in so, and for how long. */
  readonly constraints: readonly Constraint[];
  readonly entity?: Entity | null;
  /** Resources that hand out a password or a secret id of it; absent where the source does not tell, as a server does not. */
  readonly credentials?: readonly string[];
  readonly system?: string;
  readonly owner?: string;
  readonly place?: Place;
}

/** A policy in the hands of a principal. `through` names a group, an entity or an alias. */
export interface HeldPolicy {
  readonly policy: string;
  readonly by: "role" | "default" | "entity" | "group";
  readonly through?: string;
}

/** One bound of a login or of its tokens, in a form that can be compared. */
export type Constraint =
  /** Who may log in: members of the set; an empty set or `*` among them stands for everybody. */
  | { readonly name: string; readonly kind: "members"; readonly values: readonly string[] }
  /** Networks in CIDR form; an empty set stands for everywhere. */
  | { readonly name: string; readonly kind: "networks"; readonly values: readonly string[] }
  /** The most of something (seconds, uses): 0 stands for no limit. */
  | {
      readonly name: string;
      readonly kind: "limit";
      readonly value: number;
      readonly unit: "seconds" | "uses";
    }
  /** Something that must be so: true is the narrower. */
  | { readonly name: string; readonly kind: "required"; readonly value: boolean }
  /** Something that can only be told to be another. */
  | { readonly name: string; readonly kind: "exact"; readonly value: string };

/** The name of a secret, or of a family of them, as its system declares it. */
export interface NamedSecret {
  /** With its slash. */
  readonly mount: string;
  /** Below the mount without `data/`; `+` for the parameters of a family. */
  readonly path: string;
  /** `goblin-assistant/providers/{provider}`, or the path itself. */
  readonly title: string;
  readonly system?: string;
  readonly owner?: string;
  readonly place?: Place;
}

/** A declared guardrail, as data: `policies/guardrails` makes it a check. */
export interface RevisionGuardrail {
  /** One sentence: `only goblin-ci may write values of secret/goblin-assistant/*`. */
  readonly words: string;
  readonly subject:
    | { readonly kind: "all-but"; readonly principals: readonly string[] }
    | { readonly kind: "these"; readonly principals: readonly string[] };
  readonly forbidden: readonly { readonly region: string; readonly capabilities: readonly string[] }[];
  readonly waivers: readonly {
    readonly principal: string;
    readonly reason: string;
    readonly until: string;
  }[];
  readonly system?: string;
  readonly owner?: string;
  readonly place?: Place;
}

/** What records requests. */
export interface RevisionAuditDevice {
  /** With its slash. */
  readonly path: string;
  readonly type: string;
  /** Where and what it records, as the engines' API names it; absent where the source does not tell. */
  readonly options?: { readonly [name: string]: string };
  readonly place?: Place;
}

/** In the reason of a doubt: a value that nobody has yet. Two of them need not be the same, whatever the words. */
export const KNOWN_AFTER_APPLY = "known after apply";

/** What a source could not tell, and whom or what it concerns. */
export interface Doubt {
  /** One sentence. */
  readonly reason: string;
  /** The principals that it is about; absent when it can be about all. */
  readonly principals?: readonly string[];
  /** Whether there may be policies that the source does not show: that one is missing then says nothing. @default false */
  readonly hidesPolicies?: boolean;
  /** A digest of what was not understood: the same reason about something else is another doubt. */
  readonly content?: string;
  readonly place?: Place;
}
