/**
 * What synthesis knows of secrets, principals and grants, without any value: `cdktf.out/catalog.json`. Verification and
 * reviews read this and never the constructs.
 */
export interface Catalog {
  readonly schema_version: 1;
  readonly environment: string;
  /** As written in a declaration: `openbao@2.7.2`. */
  readonly engine: string;
  readonly mounts: readonly CatalogMount[];
  readonly systems: readonly CatalogSystem[];
  readonly secrets: readonly CatalogSecret[];
  readonly families: readonly CatalogFamily[];
  readonly principals: readonly CatalogPrincipal[];
  readonly grants: readonly CatalogGrant[];
  /** Policies that were written by hand. */
  readonly imported_policies: readonly CatalogImportedPolicy[];
  readonly guardrails: readonly CatalogGuardrail[];
}

/**
 * The line of the user's file that declares something, relative to the project. Only there when synthesis was asked for places
 * and could tell: to find them takes longer than a small synthesis.
 */
export interface CatalogPlace {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A KV mount. `path` has no slash at its end, here and in whatever names a mount below. */
export interface CatalogMount {
  readonly path: string;
  readonly kv_version: 1 | 2;
}

/** One platform, and the mount that its secrets are in. */
export interface CatalogSystem {
  readonly name: string;
  readonly owner: string;
  readonly mount: string;
  readonly place?: CatalogPlace;
}

/** What a secret and a family have in common. */
interface CatalogDeclaration {
  readonly system: string;
  readonly mount: string;
  readonly description: string;
  readonly owner: string;
  readonly fields: Readonly<Record<string, CatalogField>>;
  /** How often to rotate, in seconds. */
  readonly rotate_seconds?: number;
  /** Environment-variable name to field name. */
  readonly env?: Readonly<Record<string, string>>;
  readonly place?: CatalogPlace;
}

/** A secret at one path. */
export interface CatalogSecret extends CatalogDeclaration {
  /** Below the mount, without `data/`. */
  readonly path: string;
}

/** Secrets that share a shape, and come and go without a change of code. */
export interface CatalogFamily extends CatalogDeclaration {
  /** Below the mount, with its parameters: `project/{project}/{name}`. */
  readonly template: string;
}

/** What one field of a secret holds; never its value. */
export interface CatalogField {
  readonly kind: string;
  readonly sensitive: boolean;
  readonly optional: boolean;
  readonly default?: string | number;
  readonly bytes?: number;
}

/** How a principal logs in. */
export type PrincipalKind = "approle" | "kubernetes" | "token";

/** Who logs in, and what its tokens carry. */
export interface CatalogPrincipal {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly system: string;
  /** Where it logs in: `auth/approle/role/dotmac`. */
  readonly api_path: string;
  /** The policies its tokens carry, without `default`. */
  readonly policies: readonly string[];
  /** The one of `policies` that is made of its grants. */
  readonly derived_policy: string;
  /** The others of `policies`: what they allow is not in `grants`. */
  readonly imported_policies: readonly string[];
  readonly place?: CatalogPlace;
}

/** A policy written by hand, which the principals that name it carry beside their own. */
export interface CatalogImportedPolicy {
  readonly name: string;
  /** The file that holds its text, relative to the project; absent where the text stands in a declaration. */
  readonly file?: string;
  /** The declaration that imports it. */
  readonly place?: CatalogPlace;
}

/** An intent of one principal on a secret, or on the members of a family. */
export interface CatalogGrant {
  readonly principal: string;
  readonly principal_kind: PrincipalKind;
  readonly intent: string;
  readonly mount: string;
  /** A path or pattern below the mount; `+` stands for a whole segment. */
  readonly pattern: string;
  /** The folders whose names the grant shows, for intents that list: patterns that end in `/`, empty for the mount itself. */
  readonly folders: readonly string[];
  /** The call that grants it. */
  readonly place?: CatalogPlace;
}

/** An invariant over all of this, ready to be checked (policies/guardrails): what its subjects may not do. */
export interface CatalogGuardrail {
  /** `only goblin-ci may write values of secret/goblin-assistant/providers/{provider}`. */
  readonly words: string;
  /** Whom it binds, by `api_path`. */
  readonly subject: { readonly kind: "all-but" | "these"; readonly principals: readonly string[] };
  /** Regions of API paths, as rules write them, and the capabilities that none of its subjects may have there. */
  readonly forbidden: readonly { readonly region: string; readonly capabilities: readonly string[] }[];
  readonly waivers: readonly CatalogWaiver[];
  /** The system that declares it, and its owner; absent where the environment does. */
  readonly system?: string;
  readonly owner?: string;
  readonly place?: CatalogPlace;
}

/** One principal excused from a guardrail for a while. */
export interface CatalogWaiver {
  /** By `api_path`. */
  readonly principal: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly until: string;
}
