import type { RevisionPrincipalKind } from "../../model";
import type { ApiObject } from "../inventory/api-object";
import { type Settings, textIn, Unresolved } from "../inventory/value";
import type { TerraformResource } from "./resource";

/** How a resource of the provider names the login that it keeps. */
interface LoginResource {
  readonly kind: RevisionPrincipalKind;
  /** The auth mount where `backend` is not set. */
  readonly mount: string;
  /** The collection below the mount. */
  readonly collection: string;
  /** The attribute that holds its name. */
  readonly name: string;
}

const LOGINS: Readonly<Record<string, LoginResource>> = {
  vault_approle_auth_backend_role: {
    kind: "approle",
    mount: "approle",
    collection: "role",
    name: "role_name",
  },
  vault_kubernetes_auth_backend_role: {
    kind: "kubernetes",
    mount: "kubernetes",
    collection: "role",
    name: "role_name",
  },
  vault_jwt_auth_backend_role: { kind: "jwt", mount: "jwt", collection: "role", name: "role_name" },
  vault_aws_auth_backend_role: { kind: "aws", mount: "aws", collection: "role", name: "role" },
  vault_token_auth_backend_role: { kind: "token", mount: "token", collection: "roles", name: "role_name" },
  vault_cert_auth_backend_role: { kind: "cert", mount: "cert", collection: "certs", name: "name" },
  vault_userpass_auth_backend_user: {
    kind: "userpass",
    mount: "userpass",
    collection: "users",
    name: "username",
  },
  vault_gcp_auth_backend_role: { kind: "other", mount: "gcp", collection: "role", name: "role" },
  vault_azure_auth_backend_role: { kind: "other", mount: "azure", collection: "role", name: "role" },
  vault_alicloud_auth_backend_role: { kind: "other", mount: "alicloud", collection: "role", name: "role" },
  vault_oci_auth_backend_role: { kind: "other", mount: "oci", collection: "role", name: "name" },
  vault_saml_auth_backend_role: { kind: "other", mount: "saml", collection: "role", name: "name" },
  vault_ldap_auth_backend_user: { kind: "other", mount: "ldap", collection: "users", name: "username" },
  vault_ldap_auth_backend_group: { kind: "other", mount: "ldap", collection: "groups", name: "groupname" },
  vault_okta_auth_backend_user: { kind: "other", mount: "okta", collection: "users", name: "username" },
  vault_okta_auth_backend_group: { kind: "other", mount: "okta", collection: "groups", name: "group_name" },
  vault_github_team: { kind: "other", mount: "github", collection: "map/teams", name: "team" },
  vault_github_user: { kind: "other", mount: "github", collection: "map/users", name: "user" },
};

/**
 * The login that a resource keeps, as the API has it; `undefined` for other resources.
 * @returns a text where its mount or name is not known: what is wrong with it
 */
export function loginOf({ address, type, values }: TerraformResource): ApiObject | string | undefined {
  const login = LOGINS[type];
  if (!login) return undefined;
  const backend = values.backend ?? values.path ?? login.mount;
  const named = values[login.name];
  if (backend instanceof Unresolved || textIn(named) === undefined) {
    const words = [backend, named].flatMap((value) => (value instanceof Unresolved ? [value.words] : []));
    return `where ${address} lets somebody log in is not known: ${words.join(", ") || "it has no name"}`;
  }
  const mount = String(backend).replace(/^auth\/|\/+$/g, "");
  return {
    path: `auth/${mount}/${login.collection}/${textIn(named)}`,
    kind: login.kind,
    label: address,
    settings: type === "vault_aws_auth_backend_role" ? inSingular(values) : values,
    ...(login.kind === "approle" ? { aliasNames: roleIds(address, values) } : {}),
  };
}

/** The alias of an AppRole's entity is its role id. */
function roleIds(address: string, { role_id: id }: Settings): readonly string[] {
  return [textIn(id) ?? `${address}.role_id`];
}

/** The provider says `bound_iam_principal_arns` where the API says `bound_iam_principal_arn`. */
function inSingular(values: Settings): Settings {
  const entries = Object.entries(values).map(([name, value]) =>
    name.startsWith("bound_") ? [name.replace(/s$/, ""), value] : [name, value],
  );
  return Object.fromEntries(entries);
}
