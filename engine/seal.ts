import * as v from "valibot";
import { readAnswer } from "./answers";
import type { EngineClient } from "./client";

/** What `sys/init` answers, once in the life of a server. Never print it. */
export interface NewKeys {
  /** The unseal shares, base64. */
  readonly shares: readonly string[];
  readonly rootToken: string;
}

export interface SealStatus {
  /** `shamir`, or the kind of an automatic seal. */
  readonly type: string;
  readonly initialised: boolean;
  readonly sealed: boolean;
  /** Shares needed, and shares given so far. */
  readonly threshold: number;
  readonly progress: number;
}

/**
 * Initialises a server with Shamir shares. The answer exists only once: the caller stores it before anything else.
 * @throws EngineAnswerError 400 when the server is already initialised
 */
export async function initialise(client: EngineClient, shares: number, threshold: number): Promise<NewKeys> {
  const asked = { secret_shares: shares, secret_threshold: threshold };
  const answer = await client.request("PUT", "sys/init", asked, { timeoutMs: 60_000 });
  const { keys_base64, root_token } = readAnswer(InitBody, answer, "PUT sys/init");
  return { shares: keys_base64, rootToken: root_token };
}

export async function readSealStatus(client: EngineClient): Promise<SealStatus> {
  return sealStatusIn(await client.request("GET", "sys/seal-status"), "GET sys/seal-status");
}

/** Gives one unseal share. @throws EngineAnswerError 400 when the server finds the shares wrong */
export async function giveShare(client: EngineClient, share: string): Promise<SealStatus> {
  return sealStatusIn(await client.request("PUT", "sys/unseal", { key: share }), "PUT sys/unseal");
}

/** Forgets the shares given so far: half of somebody else's attempt must not be mixed with ours. */
export async function forgetShares(client: EngineClient): Promise<void> {
  await client.request("PUT", "sys/unseal", { reset: true });
}

/** True once requests can be served here: this node is active, or it knows the node that is. */
export async function knowsLeader(client: EngineClient): Promise<boolean> {
  const answer = readAnswer(LeaderBody, await client.request("GET", "sys/leader"), "GET sys/leader");
  return answer.is_self || answer.leader_address !== "";
}

const InitBody = v.object({ keys_base64: v.array(v.string()), root_token: v.string() });

const LeaderBody = v.object({ is_self: v.boolean(), leader_address: v.optional(v.string(), "") });

const SealStatusBody = v.object({
  type: v.string(),
  initialized: v.boolean(),
  sealed: v.boolean(),
  t: v.number(),
  progress: v.number(),
});

function sealStatusIn(answer: unknown, request: string): SealStatus {
  const body = readAnswer(SealStatusBody, answer, request);
  const { type, initialized, sealed, t, progress } = body;
  return { type, initialised: initialized, sealed, threshold: t, progress };
}
