import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One request of a log in a few words; what is not said is an AppRole `app` that reads and is allowed. */
export interface LoggedRequest {
  readonly operation?: string;
  readonly path: string;
  readonly role?: string;
  readonly displayName?: string;
  readonly policies?: readonly string[];
  readonly identityPolicies?: readonly string[];
  readonly entityId?: string;
  readonly accessor?: string;
  readonly allowed?: boolean;
  readonly error?: string;
  readonly data?: object;
  readonly wrapTtl?: number;
  readonly namespace?: string;
  readonly time?: string;
  /** Without a token, as logins are. */
  readonly anonymous?: boolean;
  readonly mountPoint?: string;
  /** Whether it was allowed without any policy, as what everybody may ask. */
  readonly unguarded?: boolean;
  /** The token that the answer gives. */
  readonly gives?: { readonly accessor: string; readonly role?: string };
}

/** The answer to a request as a file audit device writes it. */
export function answered(request: LoggedRequest): object {
  const { operation = "read", path, role = "app", policies = [role, "default"], allowed = true } = request;
  const { displayName = "approle", time = "2026-11-14T10:00:00.123456789Z", gives } = request;
  const auth = {
    accessor: request.accessor ?? "hmac-sha256:01",
    display_name: displayName,
    policies,
    token_policies: policies,
    identity_policies: request.identityPolicies,
    entity_id: request.entityId,
    policy_results: {
      allowed,
      ...(allowed && !request.unguarded
        ? { granting_policies: [{ name: policies[0], namespace_id: "root", type: "acl" }] }
        : {}),
    },
    metadata: role === "" ? undefined : { role_name: role },
  };
  return {
    time,
    type: "response",
    ...(request.anonymous ? {} : { auth }),
    request: {
      id: "00000000-0000-0000-0000-000000000000",
      operation,
      path,
      ...(request.anonymous ? {} : { client_token: "hmac-sha256:02" }),
      namespace: request.namespace ? { id: "abc", path: request.namespace } : { id: "root" },
      ...(request.data ? { data: request.data } : {}),
      ...(request.wrapTtl ? { wrap_ttl: request.wrapTtl } : {}),
      ...(request.mountPoint ? { mount_point: request.mountPoint } : {}),
    },
    response: gives
      ? {
          auth: {
            accessor: gives.accessor,
            display_name: "token",
            policies: ["x"],
            metadata: gives.role === undefined ? null : { role_name: gives.role },
          },
        }
      : {},
    ...(allowed && request.error === undefined
      ? {}
      : { error: request.error ?? "1 error occurred:\n\t* permission denied\n\n" }),
  };
}

/** A file with these requests, each with its question before it. */
export function logOf(requests: readonly LoggedRequest[]): string {
  const lines = requests.flatMap((request) => {
    const answer = answered(request);
    return [JSON.stringify({ ...answer, type: "request", response: undefined }), JSON.stringify(answer)];
  });
  return fileOf(`${lines.join("\n")}\n`);
}

export function fileOf(content: string | Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), "strongroom-log-")), "audit.log");
  writeFileSync(file, content);
  return file;
}
