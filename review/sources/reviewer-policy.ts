/**
 * The least that a live server's reader needs: names and texts of policies, mounts, login methods and their roles,
 * identities, audit devices. It reads no secret's value, issues no credential and writes nothing. `+` stands for an auth mount of
 * one or two segments; role ids tell which entity a role's logins are.
 * @param engine `openbao@2.7.2` or `vault@1.21.1`: the same on both; namespaces are the engine's own
 */
export function reviewerPolicy(engine: string): string {
  const logins = ["+", "+/+"].flatMap((mount) => [
    rule(`auth/${mount}/config`, "read"),
    rule(`auth/${mount}/config/identity`, "read"),
    rule(`auth/${mount}/config/ldap`, "read"),
    rule(`auth/${mount}/config/sts/+`, "read", "list"),
    rule(`auth/${mount}/config/certificates/+`, "list"),
    rule(`auth/${mount}/config/certificate/+`, "read"),
    rule(`auth/${mount}/role/+`, "read", "list"),
    rule(`auth/${mount}/roles/+`, "read", "list"),
    rule(`auth/${mount}/users/+`, "read", "list"),
    rule(`auth/${mount}/groups/+`, "read", "list"),
    rule(`auth/${mount}/certs/+`, "read", "list"),
    rule(`auth/${mount}/map/+/+`, "read", "list"),
    rule(`auth/${mount}/role/+/role-id`, "read"),
  ]);
  return [
    `# Lets a review read who has which access on ${engine}, and nothing else.`,
    "# Policies.",
    rule("sys/policies/acl/*", "read", "list"),
    "# Mounts, login methods, audit devices, namespaces.",
    rule("sys/mounts", "read"),
    rule("sys/auth", "read"),
    rule("sys/audit", "read", "sudo"),
    rule("sys/namespaces/*", "list"),
    "# Who may log in. A LIST ends in a slash, and `+` takes the empty segment behind it.",
    ...logins,
    "# Identities.",
    rule("identity/entity/id/*", "read", "list"),
    rule("identity/group/id/*", "read", "list"),
    rule("identity/mfa/login-enforcement/+", "read", "list"),
    "",
  ].join("\n");
}

function rule(path: string, ...capabilities: string[]): string {
  return `path "${path}" { capabilities = [${capabilities.map((name) => `"${name}"`).join(", ")}] }`;
}
