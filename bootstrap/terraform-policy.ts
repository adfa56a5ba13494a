import { UsageError } from "../base/errors";
import type { Dialect } from "../engine/dialects";

export const terraformPolicyName = "strongroom-terraform";

/**
 * What Terraform and the verification after it need, and nothing that reads, writes or lists a secret's value.
 * Not in it on purpose: deleting a mount (all its secrets would go with it), `sys/remount`, leases, snapshots, seal
 * and keys. Whoever may write policies can grant anything to somebody else; that is why its token lives for minutes.
 */
export function terraformPolicy(dialect: Dialect, kvMounts: readonly string[] = ["+"]): string {
  const audit =
    dialect.auditDevices === "through-api"
      ? [rule("sys/audit", "read", "sudo"), rule("sys/audit/*", ...all, "sudo")]
      : [];
  return [
    "# Mounts and the configuration of KV v2 mounts. No deletion.",
    rule("sys/mounts", "read"),
    rule("sys/mounts/*", "create", "read", "update"),
    ...kvMounts.map((mount) => rule(`${checked(mount)}/config`, "create", "read", "update")),
    "# Login methods, their configuration and their roles; verification issues and destroys secret ids.",
    rule("sys/auth", "read"),
    rule("sys/auth/*", ...all, "sudo"),
    rule("auth/+/config", ...all),
    rule("auth/+/config/*", ...all),
    rule("auth/+/role", "list"),
    rule("auth/+/role/*", ...all, "list"),
    rule("auth/token/roles", "list"),
    rule("auth/token/roles/*", ...all),
    "# Policies, quotas, identities.",
    rule("sys/policies/acl", "list"),
    rule("sys/policies/acl/*", ...all),
    rule(`sys/policies/acl/${terraformPolicyName}`, "read"),
    rule("sys/policies/password/*", ...all),
    rule("sys/quotas/*", ...all),
    ...identity.map((path) => rule(`identity/${path}`, ...all, "list")),
    rule("identity/lookup/*", "create", "update"),
    ...(audit.length > 0 ? ["# Audit devices.", ...audit] : []),
    "# Its own token, Terraform's child token, and the tokens of verification.",
    rule("auth/token/lookup-self", "read"),
    rule("auth/token/renew-self", "update"),
    rule("auth/token/revoke-self", "update"),
    rule("auth/token/create", "create", "update"),
    rule("auth/token/create/*", "create", "update"),
    rule("auth/token/create-orphan", "create", "update", "sudo"),
    rule("auth/token/revoke-accessor", "create", "update"),
    rule("sys/capabilities-self", "create", "update"),
    rule("sys/capabilities-accessor", "create", "update"),
    "",
  ].join("\n");
}

const all = ["create", "read", "update", "delete"] as const;

const identity = [
  "entity",
  "entity/*",
  "entity-alias",
  "entity-alias/*",
  "group",
  "group/*",
  "group-alias",
  "group-alias/*",
];

function rule(path: string, ...capabilities: string[]): string {
  return `path "${path}" { capabilities = [${capabilities.map((name) => `"${name}"`).join(", ")}] }`;
}

function checked(mount: string): string {
  if (/^[\w./+-]+$/.test(mount) && !mount.endsWith("/")) return mount;
  throw new UsageError(
    `${JSON.stringify(mount)} is not a mount's path.`,
    "Write it without a slash at its end.",
  );
}
