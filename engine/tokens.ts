import * as v from "valibot";
import { readAnswer } from "./answers";
import type { EngineClient } from "./client";

/** A token as the engine hands it out. Never print it; the accessor may be printed. */
export interface Login {
  readonly token: string;
  readonly accessor: string;
  readonly policies: readonly string[];
  /** How long it lives, in seconds. 0 for a token that does not expire. */
  readonly leaseSeconds: number;
  readonly renewable: boolean;
}

/** What the engine says of a token. */
export interface TokenFacts {
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly displayName: string;
  /** Seconds left. 0 for a token that does not expire. */
  readonly ttlSeconds: number;
  readonly orphan: boolean;
  readonly meta: Readonly<Record<string, string>>;
}

export interface TokenRequest {
  /** @default the role's, or the creating token's */
  readonly policies?: readonly string[];
  /** A duration, for example `20m`. @default the engine's */
  readonly ttl?: string;
  readonly explicitMaxTtl?: string;
  readonly renewable?: boolean;
  readonly noDefaultPolicy?: boolean;
  readonly displayName?: string;
  readonly meta?: Readonly<Record<string, string>>;
}

/** A token by a token role; what the role fixes cannot be asked for differently. */
export async function createTokenByRole(
  client: EngineClient,
  role: string,
  request: TokenRequest = {},
): Promise<Login> {
  const path = `auth/token/create/${role}`;
  return loginIn(await client.request("POST", path, tokenBody(request)), path);
}

/** A token that outlives the one which made it. */
export async function createOrphanToken(client: EngineClient, request: TokenRequest): Promise<Login> {
  const path = "auth/token/create-orphan";
  return loginIn(await client.request("POST", path, tokenBody(request)), path);
}

/** @throws EngineAnswerError 403 when the client's token is not, or no longer, valid, or may not look itself up */
export async function lookupSelf(client: EngineClient): Promise<TokenFacts> {
  const path = "auth/token/lookup-self";
  const { data } = readAnswer(LookupBody, await client.request("GET", path), path);
  const { accessor, policies, ttl, orphan } = data;
  return {
    accessor,
    policies,
    displayName: data.display_name,
    ttlSeconds: ttl,
    orphan,
    meta: data.meta ?? {},
  };
}

export async function revokeSelf(client: EngineClient): Promise<void> {
  await client.request("POST", "auth/token/revoke-self");
}

/** Ends a token that is known by its accessor only. */
export async function revokeAccessor(client: EngineClient, accessor: string): Promise<void> {
  await client.request("POST", "auth/token/revoke-accessor", { accessor });
}

/** Reads the `auth` part of an answer; `path` is for the message when it is not there. */
export function loginIn(answer: unknown, path: string): Login {
  const { auth } = readAnswer(LoginBody, answer, `POST ${path}`);
  return {
    token: auth.client_token,
    accessor: auth.accessor,
    policies: auth.policies,
    leaseSeconds: auth.lease_duration,
    renewable: auth.renewable,
  };
}

const LoginBody = v.object({
  auth: v.object({
    client_token: v.string(),
    accessor: v.string(),
    policies: v.array(v.string()),
    lease_duration: v.number(),
    renewable: v.boolean(),
  }),
});

const LookupBody = v.object({
  data: v.object({
    accessor: v.string(),
    policies: v.array(v.string()),
    display_name: v.string(),
    ttl: v.number(),
    orphan: v.boolean(),
    meta: v.nullish(v.record(v.string(), v.string())),
  }),
});

function tokenBody(request: TokenRequest): Record<string, unknown> {
  return {
    policies: request.policies,
    ttl: request.ttl,
    explicit_max_ttl: request.explicitMaxTtl,
    renewable: request.renewable,
    no_default_policy: request.noDefaultPolicy,
    display_name: request.displayName,
    meta: request.meta,
  };
}
