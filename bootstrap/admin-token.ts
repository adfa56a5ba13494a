import { createHash } from "node:crypto";
import writeFileAtomic from "write-file-atomic";
import { OperationalError } from "../base/errors";
import { EngineClient } from "../engine/client";
import { dialectOf } from "../engine/dialects";
import { EngineAnswerError } from "../engine/errors";
import { createOrphanToken, lookupSelf, revokeSelf } from "../engine/tokens";
import { hasCustody, readCustody } from "./custody";
import { readIdentity } from "./identity";
import { withInstanceLock } from "./lock";
import { keysAreNotHere } from "./ownership";
import { type InstancePlaces, placesOf } from "./places";
import { ensurePlaces } from "./preflight";
import { cannotWrite, readPrivateFile, syncDirectory } from "./private-files";
import { type BootstrapRequest, connection } from "./request";
import { terraformPolicy, terraformPolicyName } from "./terraform-policy";

export interface AdminToken {
  /** A file of mode 0600 that holds the token and a line end. */
  readonly path: string;
  readonly expiresAt: Date;
  /** False when the token of an earlier run still served. */
  readonly renewed: boolean;
}

/** How long a token lives, and how much of that must be left for it to be used again. */
const lifeMinutes = 20;
const enoughMinutes = 5;

/**
 * Makes sure of a token for Terraform: at least five minutes of life, the policy `strongroom-terraform` alone, no
 * parent. The root token is taken out of custody only when a new one is needed, and stays in memory.
 * @throws OperationalError when custody does not open
 */
export async function ensureAdminToken(request: BootstrapRequest): Promise<AdminToken> {
  const places = await ensurePlaces(request.instance);
  return withInstanceLock(places, request.signal, () => ensureAdminTokenLocked(request, places));
}

/** The same, for who holds the instance's lock already. */
export async function ensureAdminTokenLocked(
  request: BootstrapRequest,
  places: InstancePlaces,
): Promise<AdminToken> {
  const client = new EngineClient({ ...connection(request), connections: 1 });
  const policy = terraformPolicy(dialectOf(request.engine), request.kvMounts);
  try {
    const before = await findToken(places);
    const expiresAt = before && (await usableUntil(client.withToken(before), policy));
    if (expiresAt) return { path: places.adminToken, expiresAt, renewed: false };
    const made = await makeToken(client, places, policy);
    if (before) await revokeSelf(client.withToken(before)).catch(ignoreAnswers);
    return { path: places.adminToken, expiresAt: made, renewed: true };
  } finally {
    await client.close();
  }
}

/** The token that `ensureAdminToken` stored, for use in memory. @throws OperationalError when there is none */
export async function readAdminToken(instance: string): Promise<string> {
  const places = placesOf(instance);
  const token = await findToken(places);
  if (token !== undefined) return token;
  throw new OperationalError(
    `There is no token at ${places.adminToken}.`,
    "Run `strongroom up`: it makes one.",
  );
}

async function findToken(places: InstancePlaces): Promise<string | undefined> {
  const token = (await readPrivateFile(places.adminToken))?.toString("utf8").trim();
  return token && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
}

async function usableUntil(client: EngineClient, policy: string): Promise<Date | undefined> {
  const facts = await lookupSelf(client).catch(ignoreAnswers);
  if (!facts || facts.ttlSeconds < enoughMinutes * 60 || facts.meta.policy_sha256 !== hashOf(policy))
    return undefined;
  return new Date(Date.now() + facts.ttlSeconds * 1000);
}

async function makeToken(client: EngineClient, places: InstancePlaces, policy: string): Promise<Date> {
  if (!hasCustody(places)) throw await keysAreNotHere(client.address, places);
  const custody = await readCustody(places, await readIdentity());
  const root = client.withToken(custody.root_token);
  await root.request("PUT", `sys/policies/acl/${terraformPolicyName}`, { policy });
  const login = await createOrphanToken(root, {
    policies: [terraformPolicyName],
    noDefaultPolicy: true,
    ttl: `${lifeMinutes}m`,
    explicitMaxTtl: `${lifeMinutes}m`,
    renewable: false,
    displayName: terraformPolicyName,
    meta: { policy_sha256: hashOf(policy) },
  });
  await writeToken(places, login.token);
  return new Date(Date.now() + login.leaseSeconds * 1000);
}

async function writeToken(places: InstancePlaces, token: string): Promise<void> {
  try {
    await writeFileAtomic(places.adminToken, `${token}\n`, { mode: 0o600 });
    await syncDirectory(places.directory);
  } catch (cause) {
    throw cannotWrite(places.adminToken, cause);
  }
  // A disk that fills up can cut a write short without an error.
  if ((await findToken(places)) !== token) throw cannotWrite(places.adminToken, { code: "ENOSPC" });
}

function hashOf(policy: string): string {
  return createHash("sha256").update(policy).digest("hex");
}

/** A token that the server does not know any more is no error here: it is replaced, or already gone. */
function ignoreAnswers(error: unknown): undefined {
  if (error instanceof EngineAnswerError && (error.status === 403 || error.status === 404)) return undefined;
  throw error;
}
