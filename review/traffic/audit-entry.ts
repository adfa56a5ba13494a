import { isListing } from "../../policies/capability";

/**
 * One answered request of an audit log, as the file audit devices of OpenBao and Vault write it (OpenBao docs, "Audit
 * devices"): texts are hashed with a salt that only the server has, so that nothing here is a value. What is not needed to
 * decide again is left out; of the parameters only the names are kept.
 */
export interface AuditEntry {
  /** Milliseconds since 1970; NaN where the line has no time. */
  readonly time: number;
  readonly operation: string;
  /** Without `/v1/`. */
  readonly path: string;
  /** `team/`, or empty for the root namespace. */
  readonly namespace: string;
  readonly mountPoint: string | undefined;
  /** Names of the parameters, those at the top alone: others do not matter to policies. */
  readonly parameters: readonly string[];
  /** Seconds for which the answer was to be wrapped. */
  readonly wrapTtl: number | undefined;
  /** The token that was sent; absent for requests without one, such as logins, and for tokens that are not valid. */
  readonly token: RecordedToken | undefined;
  /** The token that the answer holds: of a login, or of a new token. */
  readonly issued: RecordedToken | undefined;
  /** What the policies said, where the log tells: servers before Vault 1.10 do not. */
  readonly allowed: boolean | undefined;
  /** Whether the server allowed it without asking any policy, as it does for paths that are open to everybody. */
  readonly unguarded: boolean;
  /** Whether the server's answer was an error; its text is not kept but for this. */
  readonly error: "none" | "permission denied" | "other";
}

/** A token, as far as the log tells. */
export interface RecordedToken {
  /** Hashed: the same in all entries of one audit device. */
  readonly accessor: string;
  readonly displayName: string;
  /** The name that the auth method knows the login by: a role, a user. */
  readonly role: string | undefined;
  /** All that are in effect, `default` among them. */
  readonly policies: readonly string[];
  /** Those that come from the entity and its groups. */
  readonly identityPolicies: readonly string[];
  readonly entityId: string;
}

interface RawAuth {
  accessor?: string;
  display_name?: string;
  policies?: string[];
  identity_policies?: string[];
  metadata?: { [key: string]: string } | null;
  entity_id?: string;
  policy_results?: { allowed?: boolean; granting_policies?: readonly unknown[] | null };
}

/** As it stands in the log. */
interface RawEntry {
  type?: string;
  time?: string;
  error?: string;
  auth?: RawAuth | null;
  request?: {
    operation?: string;
    path?: string;
    namespace?: { path?: string } | null;
    mount_point?: string;
    data?: { [name: string]: unknown } | null;
    wrap_ttl?: number;
    client_token?: string;
  } | null;
  response?: { auth?: RawAuth | null } | null;
}

/** An entry of one of these types, or `undefined` for JSON that is no entry of an audit log. */
export function entryOf(json: unknown): { readonly type: string; readonly entry: AuditEntry } | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { type, time, error, auth, request, response } = json as RawEntry;
  if (typeof type !== "string" || typeof request?.operation !== "string") return undefined;
  const path = typeof request.path === "string" ? request.path : "";
  // The entry of a login has the token that it gave as the one that asked.
  const own = response?.auth?.accessor;
  const isLogin = !request.client_token || (own !== undefined && own !== "" && own === auth?.accessor);
  const asked = auth && !isLogin && Array.isArray(auth.policies) ? tokenOf(auth) : undefined;
  const given = response?.auth ?? (isLogin ? auth : undefined);
  const entry: AuditEntry = {
    time: typeof time === "string" ? Date.parse(time) : Number.NaN,
    operation: request.operation,
    path,
    namespace: request.namespace?.path ?? "",
    mountPoint: request.mount_point,
    parameters: request.data ? Object.keys(request.data) : NONE,
    wrapTtl: request.wrap_ttl || undefined,
    token: asked,
    issued: given && Array.isArray(given.policies) ? tokenOf(given) : undefined,
    allowed: auth?.policy_results?.allowed,
    unguarded: GUARDED_BY_NAME.has(request.operation) && isUnguarded(auth?.policy_results),
    error: !error ? "none" : error.includes("permission denied") ? "permission denied" : "other",
  };
  return { type, entry };
}

const NONE: readonly string[] = [];

/** Operations for which servers name the policies that granted them. */
const GUARDED_BY_NAME: ReadonlySet<string> = new Set(["create", "read", "update", "patch", "delete", "list"]);

/** Allowed, and by no policy: servers since Vault 1.10 name those that grant. */
function isUnguarded(results: RawAuth["policy_results"]): boolean {
  return results?.allowed === true && (results.granting_policies ?? []).length === 0;
}

/** Where auth methods put the name of the login: AppRole, Kubernetes and JWT, userpass and LDAP, TLS certificates. */
const ROLE_NAMES = ["role_name", "role", "username", "cert_name"];

function tokenOf(auth: RawAuth): RecordedToken {
  const { metadata } = auth;
  let role: string | undefined;
  if (metadata) for (const name of ROLE_NAMES) role ??= metadata[name];
  return {
    accessor: auth.accessor ?? "",
    displayName: auth.display_name ?? "",
    role,
    policies: auth.policies ?? NONE,
    identityPolicies: auth.identity_policies ?? NONE,
    entityId: auth.entity_id ?? "",
  };
}

/** The path that policies are asked for: below its namespace, and for names with the slash behind the folder. */
export function askedPath({ operation, namespace, path }: AuditEntry): string {
  return namespace + (isListing(operation) && !path.endsWith("/") ? `${path}/` : path);
}

/** What the answer says of the policies: refused by them, passed by them, or not told. */
export function recordedVerdict({ token, allowed, error }: AuditEntry): "allowed" | "denied" | undefined {
  if (token === undefined) return undefined;
  if (allowed !== undefined) return allowed ? "allowed" : "denied";
  // Before Vault 1.10 only the error tells, and a plug-in may refuse with the same words.
  return error === "permission denied" ? "denied" : "allowed";
}
