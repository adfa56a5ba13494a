import { cleanPath, leadsElsewhere } from "../inventory/api-path";
import type { Settings } from "../inventory/value";

/**
 * Resources that hold data or settings and decide for nobody who may do what on the server. What they let others do in other
 * systems (a database, a cloud, an application that logs in by OIDC) is not looked at.
 */
const HARMLESS = new RegExp(
  `^vault_(${[
    "generic_secret",
    "kv_.+",
    "quota_.+",
    "raft_.+",
    "password_policy",
    "audit_request_header",
    "database_.+",
    // What is enrolled by these protocols needs no token.
    "pki_(?!secret_backend_(acme|config_(acme|cmpv2|est|scep))).+",
    "(transit|ssh|consul|nomad|rabbitmq|mongodbatlas|terraform_cloud|transform)_.+",
    "(aws|azure|gcp|ldap|ad|kubernetes)_secret.+",
    "managed_keys",
    "config_ui_.+",
    "identity_oidc(_.+)?",
    "(kubernetes|azure|cert)_auth_backend_config",
    "aws_auth_backend_(client|config_identity|identity_whitelist|roletag_blacklist)",
    "approle_auth_backend_role_secret_id",
  ].join("|")})$`,
);

/** Whether a kind of resource decides nothing about access by itself. */
export function isHarmless(type: string): boolean {
  return HARMLESS.test(type);
}

/** Resources of secrets that write to whatever path they are given. */
export const WRITERS = /^vault_(generic_secret|kv_secret)$/;

/** The attribute that leads a harmless resource out of where it belongs, or to where access is decided. */
export function detourOf(type: string, values: Settings): string | undefined {
  if (!isHarmless(type)) return undefined;
  const found = Object.entries(values).find(
    ([name, value]) =>
      typeof value === "string" &&
      ((/^(path|backend|mount|team|user|role|(.+_)?name)$/.test(name) && leadsElsewhere(value)) ||
        (/^(path|backend|mount)$/.test(name) && ENGINES.test(type) && DECIDES.test(cleanPath(value)))),
  );
  return found && `${found[0]} ${JSON.stringify(found[1])}`;
}

/** Of secrets engines: below an auth method they would write its roles, `<backend>/role/<name>`. */
const ENGINES = /^vault_(?!generic_secret$|kv_secret$|quota_|.+_auth_backend_)/;
const DECIDES = /^(auth|sys|identity)(\/|$)/;
