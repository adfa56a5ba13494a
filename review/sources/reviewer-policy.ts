/**
 * The least that a live server's reader needs: names and texts of policies, mounts, roles, identities and audit devices.
 * Nothing in it reads a secret's value, issues a credential or writes.
 * @param engine `openbao@2.7.2` or `vault@1.21.1`
 */
export function reviewerPolicy(engine: string): string {
  const sudo = engine ? `, "sudo"` : "";
  return `path "sys/audit" { capabilities = ["read"${sudo}] }\n`;
}
