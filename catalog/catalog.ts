/**
 * What synthesis knows of secrets, principals and grants, without any value: `cdktf.out/catalog.json`. Verification, the
 * daily verbs, documentation and tools read this and never the constructs.
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
}

export interface CatalogMount {
  readonly path: string;
  readonly kv_version: 1 | 2;
}

export interface CatalogSystem {
  readonly name: string;
  readonly owner: string;
  readonly mount: string;
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
}

export interface CatalogSecret extends CatalogDeclaration {
  /** Below the mount, without `data/`. */
  readonly path: string;
}

export interface CatalogFamily extends CatalogDeclaration {
  /** Below the mount, with its parameters: `project/{project}/{name}`. */
  readonly template: string;
}

export interface CatalogField {
  readonly kind: string;
  readonly sensitive: boolean;
  readonly optional: boolean;
  readonly default?: string | number;
  readonly bytes?: number;
}

export type PrincipalKind = "approle" | "kubernetes" | "token";

export interface CatalogPrincipal {
  readonly kind: PrincipalKind;
  readonly name: string;
  readonly system: string;
  /** Where it logs in: `auth/approle/role/dotmac`. */
  readonly api_path: string;
  /** The policies its tokens carry, without `default`. */
  readonly policies: readonly string[];
  /** Policies that were written by hand: what they allow is not in `grants`. */
  readonly imported_policies: readonly string[];
}

export interface CatalogGrant {
  readonly principal: string;
  readonly principal_kind: PrincipalKind;
  readonly intent: string;
  readonly mount: string;
  /** A path or pattern below the mount; `+` stands for a whole segment. */
  readonly pattern: string;
  /** The folders whose names the grant shows, for intents that list: patterns that end in `/`, empty for the mount itself. */
  readonly folders: readonly string[];
}
