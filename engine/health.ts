import * as v from "valibot";
import { InterruptedError, OperationalError } from "../base/errors";
import { type Answer, EngineClient } from "./client";
import { EngineSilentError } from "./errors";
import { pause } from "./pause";

/** What a server is able to do now. Only `active` serves everything. */
export type HealthState =
  | "active"
  | "standby"
  | "performance-standby"
  | "disaster-recovery"
  | "uninitialised"
  | "sealed"
  | "unreachable";

export interface Health {
  readonly state: HealthState;
  /** The engine's own version, absent while it is unreachable. */
  readonly version?: string;
  /** Known once the server is unsealed. */
  readonly clusterId?: string;
  /** The server's clock, to be compared with ours: a difference breaks JWT logins. */
  readonly serverTime?: Date;
  /** Why it is unreachable. */
  readonly reason?: string;
}

export interface HealthOptions {
  readonly caFile?: string;
  /** @default 5,000 */
  readonly timeoutMs?: number;
}

export interface WaitOptions extends HealthOptions {
  /** How long to wait at most, in milliseconds. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
}

/**
 * The state of the server at an address, by its status code: 200, 429, 473, 472, 501 and 503 are told apart. A
 * server that does not answer is `unreachable`.
 * @throws OperationalError when what answers is neither Vault nor OpenBao, or its certificate is not accepted
 */
export async function readHealth(address: string, options: HealthOptions = {}): Promise<Health> {
  const client = new EngineClient({ timeoutMs: 5_000, connections: 1, ...options, address });
  try {
    return healthIn(await client.send("GET", "sys/health"), client.address);
  } catch (error) {
    if (error instanceof EngineSilentError && error.reason === "not-http") throw foreign(client.address);
    if (!(error instanceof EngineSilentError) || error.reason === "tls") throw error;
    return { state: "unreachable", reason: error.detail };
  } finally {
    await client.close();
  }
}

/**
 * The first answer of a server that is starting, in whatever state it is.
 * @throws OperationalError when nothing answers before the deadline, or something else than an engine does
 * @throws InterruptedError when `signal` aborts
 */
export async function waitForAnswer(address: string, options: WaitOptions): Promise<Health> {
  const { deadlineMs, signal, ...healthOptions } = options;
  const end = performance.now() + deadlineMs;
  for (;;) {
    if (signal?.aborted) {
      throw new InterruptedError(`Waiting for ${address} was stopped.`, "Run the command again to go on.");
    }
    const health = await readHealth(address, healthOptions);
    if (health.state !== "unreachable") return health;
    if (performance.now() >= end) {
      throw new OperationalError(
        `No engine answered at ${address} within ${Math.round(deadlineMs / 1000)} s (${health.reason}).`,
        "Look at the server's log: it says why it did not start.",
      );
    }
    await pause(100, signal);
  }
}

const stateOfCode: Readonly<Record<number, HealthState>> = {
  200: "active",
  429: "standby",
  472: "disaster-recovery",
  473: "performance-standby",
  // Vault: a standby that has lost its active node.
  474: "standby",
  501: "uninitialised",
  503: "sealed",
};

const HealthBody = v.object({
  initialized: v.boolean(),
  sealed: v.boolean(),
  version: v.string(),
  cluster_id: v.optional(v.string()),
  server_time_utc: v.number(),
});

function healthIn(answer: Answer, address: string): Health {
  const body = v.safeParse(HealthBody, answer.body);
  const state = stateOfCode[answer.status];
  if (!body.success || !state) throw foreign(address);
  const { version, cluster_id, server_time_utc } = body.output;
  return {
    state,
    version,
    ...(cluster_id ? { clusterId: cluster_id } : {}),
    serverTime: new Date(server_time_utc * 1000),
  };
}

function foreign(address: string): OperationalError {
  return new OperationalError(
    `The port of ${address} is taken by something that is no Vault or OpenBao, or that speaks another scheme.`,
    "Stop what listens there, or give the server another port; for a listener with TLS write https://.",
  );
}
