import { cleanPath } from "../inventory/api-path";
import { type Settings, textIn, textsOf, Unresolved } from "../inventory/value";
import type { TerraformResource } from "./resource";

/** Where engines take a password or a secret id for a login, or make one. */
const AT = /^(auth\/.+\/(?:users|role)\/[^/]+)\/(?:password|secret-id|custom-secret-id|role-id)$/;
const USER = /^auth\/.+\/users\/[^/]+$/;

/**
 * The login that a resource hands out a credential of: whoever writes or reads the declaration or the state can use it. Words for what
 * of it is not known.
 */
export function credentialOf({ type, values }: TerraformResource): string | undefined {
  if (type === "vault_approle_auth_backend_role_secret_id") {
    const mount =
      textIn(values.backend) ?? (values.backend instanceof Unresolved ? values.backend.words : "approle");
    const role = values.role_name instanceof Unresolved ? values.role_name.words : values.role_name;
    return `auth/${cleanPath(mount)}/role/${String(role)}`;
  }
  const path = cleanPath(textIn(values.path) ?? "");
  const login = AT.exec(path)?.[1];
  if (login !== undefined) return login;
  return USER.test(path) && /"password"\s*:/.test(textIn(values.data_json) ?? "") ? path : undefined;
}

/** What a secret id is bound by, beyond its role: another bound makes it another credential. */
export function boundsOf({ cidr_list, token_bound_cidrs, ttl, num_uses }: Settings): string {
  const bounds = Object.entries({ cidr_list, token_bound_cidrs, ttl, num_uses }).flatMap(([name, value]) => {
    const { texts, unresolved } = textsOf(value);
    const words = [...texts.sort(), ...unresolved.map((each) => each.words)];
    return words.length === 0 || words.join() === "0" ? [] : [`${name} ${words.join(", ")}`];
  });
  return bounds.length === 0 ? "" : ` (${bounds.join("; ")})`;
}
