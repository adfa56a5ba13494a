import { createHash } from "node:crypto";
import type { Constraint } from "../../model";
import { type Settings, Unresolved, type Value } from "./value";

/** Auth methods whose own configuration says whom they trust, and for some what everybody who logs in there gets. */
export const CONFIGURED: ReadonlySet<string> = new Set([
  "azure",
  "github",
  "jwt",
  "kubernetes",
  "ldap",
  "oidc",
  "okta",
  "radius",
]);

/**
 * Settings of a method that decide whose word it takes, as the engines' API names them, each with the value that an engine
 * takes where nothing is said. Certificates of the other side are none of them: they stand in files.
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
  host: "",
};

/** Whom a method trusts, as bounds of every login there: `config.jwks_url`. They can only be told to be others. */
export function trustOf(config: Settings): Constraint[] {
  return Object.entries(TRUST).flatMap(([name, byDefault]): Constraint[] => {
    const value = textOf(config[name]);
    return value === "" || value === byDefault ? [] : [{ name: `config.${name}`, kind: "exact", value }];
  });
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
