import { createHash } from "node:crypto";
import { parseDuration } from "../../../policies/language/duration";
import type { Constraint } from "../../model";
import { type Settings, Unresolved, type Value } from "./value";

/** Auth methods whose own configuration says whom they trust, and for some what everybody who logs in there gets. */
export const CONFIGURED: ReadonlySet<string> = new Set([
  "azure",
  "cert",
  "gcp",
  "github",
  "jwt",
  "kerberos",
  "kubernetes",
  "ldap",
  "oidc",
  "oci",
  "okta",
  "radius",
]);

/** What of a configuration is kept apart from the rest, by the method's type. */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
  // `config/client` shows one half of a key.
  aws: ["identity"],
  kerberos: ["ldap"],
};

/**
 * Settings of a method that decide whose word it takes, as the engines' API names them, each with the value that an engine
 * takes where nothing is said. Certificates of the other side are none of them: they stand in files. `tune.` is how the method is mounted.
 */
const TRUST: Readonly<Record<string, string>> = {
  kubernetes_host: "",
  pem_keys: "",
  oidc_discovery_url: "",
  jwks_url: "",
  jwt_validation_pubkeys: "",
  bound_issuer: "",
  url: "ldap://127.0.0.1",
  insecure_tls: "false",
  deny_null_bind: "true",
  anonymous_group_search: "false",
  use_token_groups: "false",
  username_as_alias: "false",
  upndomain: "",
  userdn: "",
  userattr: "cn",
  userfilter: "({{.UserAttr}}={{.Username}})",
  groupdn: "",
  groupattr: "cn",
  groupfilter: "(|(memberUid={{.Username}})(member={{.UserDN}})(uniqueMember={{.UserDN}}))",
  organization: "",
  base_url: "",
  bypass_okta_mfa: "false",
  tenant_id: "",
  resource: "",
  environment: "",
  home_tenancy_id: "",
  host: "",
  port: "1812",
  use_annotations_as_alias_metadata: "false",
  disable_iss_validation: "true",
  issuer: "",
  jwks_pairs: "",
  jwt_supported_algs: "",
  oidc_client_id: "",
  provider_config: "{}",
  organization_id: "0",
  alias_metadata: "{}",
  case_sensitive_names: "false",
  discoverdn: "false",
  starttls: "false",
  enable_samaccountname_login: "false",
  dereference_aliases: "never",
  custom_endpoint: "{}",
  iam_alias: "role_id",
  gce_alias: "role_id",
  ec2_alias: "role_id",
  sts_endpoint: "",
  iam_endpoint: "",
  ec2_endpoint: "",
  iam_server_id_header_value: "",
  allowed_sts_header_values: "",
  idp_metadata_url: "",
  idp_sso_url: "",
  idp_entity_id: "",
  idp_cert: "",
  entity_id: "",
  acs_urls: "",
  disable_binding: "false",
  enable_identity_alias_metadata: "false",
  "tune.default_lease_ttl": "0",
  "tune.max_lease_ttl": "0",
  "tune.token_type": "default-service",
};

/**
 * Whom a method trusts, as bounds of every login there: `config.jwks_url`. They can only be told to be others. What may hold a
 * credential is told by its SHA-256 alone: maps (`provider_config.gsuite_service_account` may be a key), and users and queries of addresses.
 */
export function trustOf(config: Settings): Constraint[] {
  return Object.entries(TRUST).flatMap(([name, byDefault]): Constraint[] => {
    const value = name.endsWith("_ttl") ? secondsOf(config[name]) : textOf(config[name]);
    if (value === "" || value === byDefault) return [];
    return [{ name: nameOf(name), kind: "exact", value: withoutCredentials(value) }];
  });
}

function withoutCredentials(text: string): string {
  if (/^\s*\{\s*"/.test(text)) return digestOf(text);
  return text
    .replace(/(?<=:\/\/)[^\s,]*@/g, (user) => `${digestOf(user)}@`)
    .replace(/(?<=:\/\/[^\s,?]*\?)[^\s,]+/g, digestOf);
}

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** What is tuned is no part of the configuration. */
function nameOf(name: string): string {
  return name.startsWith("tune.") ? name : `config.${name}`;
}

/** A time, which a server shows as a number of seconds and a declaration as text. */
function secondsOf(value: Value): string {
  const text = textOf(value);
  return String(parseDuration(text) ?? text);
}

function textOf(value: Value): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Unresolved) return `not known: ${value.words}`;
  if (Array.isArray(value)) return value.map(textOf).sort().join(", ");
  const text = typeof value === "object" ? JSON.stringify(value) : String(value).trim();
  return text.startsWith("-----BEGIN ") ? fingerprintOf(text) : text;
}

/** Of a key or a certificate in PEM form: what it holds, however its lines are broken. */
export function fingerprintOf(pem: string): string {
  const body = pem.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  return `sha256:${createHash("sha256").update(Buffer.from(body, "base64")).digest("hex")}`;
}
