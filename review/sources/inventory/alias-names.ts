import type { RevisionPrincipalKind } from "../../model";
import type { FoundLogin } from "./inventory";
import { settingsIn, textIn, textsOf } from "./value";

/**
 * The names under which a login's entity can be known to its auth mount, where the login itself decides them; `undefined`
 * where only the one who logs in does. Each auth method names aliases in its own way (Vault docs, "Identity", entity aliases).
 */
export function aliasNamesOf(
  { name, settings, aliasNames }: FoundLogin,
  kind: RevisionPrincipalKind,
): readonly string[] | undefined {
  if (aliasNames !== undefined) return aliasNames;
  switch (kind) {
    case "userpass":
      return [name];
    case "kubernetes": {
      if (settings.alias_name_source !== "serviceaccount_name") return undefined;
      const accounts = fixed(settings.bound_service_account_names);
      const namespaces = fixed(settings.bound_service_account_namespaces);
      return namespaces && accounts?.flatMap((account) => namespaces.map((space) => `${space}/${account}`));
    }
    case "jwt": {
      const claim = textIn(settings.user_claim);
      if (claim === "sub" && textIn(settings.bound_subject)) return fixed(settings.bound_subject);
      return claim === undefined ? undefined : fixed(settingsIn(settings.bound_claims)[claim]);
    }
    case "cert":
      return fixed(settings.allowed_common_names);
    case "token":
      return fixed(settings.allowed_entity_aliases);
    default:
      return undefined;
  }
}

/** Names without wildcards, or `undefined` where there is none or one is a pattern. */
function fixed(value: Parameters<typeof textsOf>[0]): readonly string[] | undefined {
  const { texts, unresolved } = textsOf(value);
  const open = texts.length === 0 || unresolved.length > 0 || texts.some((text) => text.includes("*"));
  return open ? undefined : texts;
}
