import type { ApiObject } from "../inventory/api-object";
import { type Settings, settingsIn, textIn, Unresolved, type Value } from "../inventory/value";
import type { TerraformResource } from "./resource";

/** The auth mounts that have a resource of their own, with the path that they have by default. */
export const AUTH_MOUNTS: Readonly<Record<string, string>> = {
  vault_jwt_auth_backend: "jwt",
  vault_ldap_auth_backend: "ldap",
  vault_okta_auth_backend: "okta",
  vault_github_auth_backend: "github",
  vault_gcp_auth_backend: "gcp",
  vault_saml_auth_backend: "saml",
};

/** Resources that configure a method which another resource mounts. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  vault_kubernetes_auth_backend_config: "kubernetes",
  vault_azure_auth_backend_config: "azure",
  vault_aws_auth_backend_client: "aws",
  vault_aws_auth_backend_config_identity: "aws",
};

/** What of a configuration is kept apart from the rest. */
const PARTS: Readonly<Record<string, string>> = {
  vault_aws_auth_backend_client: "/client",
  vault_aws_auth_backend_config_identity: "/identity",
};

/**
 * The configuration of an auth method that a resource holds, and the groups and users inside of it, as the API has them.
 * @returns a text where its mount is not known: what is wrong with it
 */
export function methodOf({ address, type, values }: TerraformResource): readonly ApiObject[] | string {
  const byDefault = AUTH_MOUNTS[type] ?? CONFIGURATIONS[type];
  if (byDefault === undefined) return [];
  const at = (type in CONFIGURATIONS ? values.backend : values.path) ?? byDefault;
  if (at instanceof Unresolved) return `which auth method ${address} configures is not known: ${at.words}`;
  const mount = `auth/${String(at).replace(/^auth\/|\/+$/g, "")}`;
  return [
    { path: `${mount}/config${PARTS[type] ?? ""}`, settings: values, label: address },
    ...inside(values.group, "group_name").map(([name, settings]) => ({
      path: `${mount}/groups/${name}`,
      settings,
      label: address,
    })),
    ...inside(values.user, "username").map(([name, settings]) => ({
      path: `${mount}/users/${name}`,
      settings,
      label: address,
    })),
  ];
}

/** Blocks of an Okta method, by their name. */
function inside(blocks: Value, key: string): [string, Settings][] {
  return (Array.isArray(blocks) ? (blocks as readonly Value[]) : []).flatMap((block) => {
    const settings = settingsIn(block);
    const name = textIn(settings[key]);
    return name === undefined ? [] : [[name, settings] as [string, Settings]];
  });
}
