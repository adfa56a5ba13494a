import type { ComparedCapability } from "../policies/compare/grant";
import type { KvIntent } from "../policies/kv-intents";
import type { Place } from "./model";

/** What a finding is about. */
export type FindingKind =
  /** Access: `gained` and `lost` between nothing and something, the others between grants with conditions. */
  | "gained"
  | "lost"
  | "widened"
  | "narrowed"
  | "changed"
  /** Nobody can tell; to be read as the worst. */
  | "unknown"
  /** Who may log in as a principal, and for how long. */
  | "constraint-widened"
  | "constraint-narrowed"
  | "constraint-changed"
  | "principal-added"
  | "principal-removed"
  | "mount-added"
  | "mount-removed"
  | "mount-changed"
  | "audit-device-added"
  | "audit-device-removed"
  | "audit-device-changed"
  | "guardrail-broken"
  | "guardrail-removed"
  | "escalation-gained"
  | "escalation-lost"
  | "lint"
  | "approval-expired"
  | "approval-unused"
  /** For drift: a policy whose text differs without a difference in access. */
  | "policy-changed"
  | "policy-added"
  | "policy-removed";

/** How bad it is; `note` never fails a review. */
export type FindingSeverity = "error" | "warning" | "note";

/** One fact worth telling, about principals that are equal in it. */
export interface Finding {
  /** Stable between runs for the same fact: renderers and approvals tell findings apart by it. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: FindingSeverity;
  /** Names of principals (`auth/approle/role/dotmac`); empty where it is about none. */
  readonly principals: readonly string[];
  /** The same as titles: `AppRole dotmac`. */
  readonly titles: readonly string[];
  /** What happened, to stand behind the titles: `can now read values of secret/database/connection`. */
  readonly sentence: string;
  /** What is gained or lost; for access alone. */
  readonly access?: AccessChange;
  /** Why, where it is not plain: `because policies/readonly.hcl:3, which was added, outranks its list rule`. */
  readonly cause?: string;
  /** For escalations: each step in words. */
  readonly chain?: readonly string[];
  /** What to do, for lints and approvals. */
  readonly fix?: string;
  /** Lint id or guardrail words. */
  readonly rule?: string;
  /** The line to look at, in the head revision where it still exists. */
  readonly place?: Place;
  /** For guardrails: where the one that is broken is declared. */
  readonly declaredAt?: Place;
  /** Further lines of the same fact: the other rules, where one finding gathers several. */
  readonly alsoAt?: readonly Place[];
  /** The teams to ask: owners of the principals and of the secrets. */
  readonly owners: readonly string[];
  /** The approval that covers it. */
  readonly approval?: FindingApproval;
}

/** An approval as a finding shows it. */
export interface FindingApproval {
  readonly by: string;
  readonly reason: string;
  readonly until?: string;
  /** Whether the change under review adds it itself: it is shown, and counts only where such approvals are accepted. */
  readonly addedHere: boolean;
  /** Whether the finding no longer fails a review. */
  readonly counts: boolean;
}

/** The access behind a finding. */
export interface AccessChange {
  /** Intent on KV; absent for other API paths. */
  readonly intent?: KvIntent;
  readonly capabilities: readonly ComparedCapability[];
  /** Where, as people name it: titles of secrets or API path patterns; the most telling first. */
  readonly regions: readonly string[];
  /** For a region the parts of it in which it is not so, because other rules decide them. */
  readonly except?: { readonly [region: string]: readonly string[] };
  readonly witness: Witness;
  readonly before: SideOfChange;
  readonly after: SideOfChange;
}

/** A request that shows the difference. */
export interface Witness {
  readonly capability: ComparedCapability;
  readonly path: string;
  /** Only a path for the rules: no request can have it. */
  readonly aclOnly: boolean;
  /** Parameters with which the request shows it, where conditions of a rule decide. */
  readonly data?: { readonly [parameter: string]: unknown };
  /** Seconds for which the answer has to be wrapped to show it. */
  readonly wrapTtl?: number;
}

/** What decides the witness on one side. */
export interface SideOfChange {
  readonly level: "none" | "conditional" | "full" | "unknown";
  /** As written, with the policies that have it; absent where no rule matches. */
  readonly rule?: string;
  readonly policies: readonly string[];
  readonly place?: Place;
}

/** Everything that a review found, ready to be rendered. */
export interface Review {
  /** What made it: a review of a change, or of what stands on a server. */
  readonly command: "review" | "drift";
  readonly base: ReviewSide;
  readonly head: ReviewSide;
  readonly findings: readonly Finding[];
  /** Principals of whom nothing changed. */
  readonly unchangedPrincipals: number;
  readonly guardrailsChecked: number;
  /** Things that a reader should know and that are no finding: a stand-in for an engine's version, an assumed `default`. */
  readonly notes: readonly string[];
}

export interface ReviewSide {
  readonly label: string;
  readonly engine: string;
}
