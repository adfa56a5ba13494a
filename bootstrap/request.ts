import type { EngineId } from "../base/engine-id";
import { InterruptedError, UsageError } from "../base/errors";

/** Which server to bootstrap, and who keeps its keys. */
export interface BootstrapRequest {
  /** Names custody and tokens of this server on this machine, for example `dev`. */
  readonly instance: string;
  /** The server's URL, for example `http://127.0.0.1:8200`. */
  readonly address: string;
  readonly engine: EngineId;
  /** @default the system's CAs */
  readonly caFile?: string;
  /** Aborting it ends the work at the next point from which another run can go on. @default never */
  readonly signal?: AbortSignal;
  /** Into how many shares the unseal key is split. @default 1 */
  readonly shares?: number;
  /** How many of them unseal the server. @default 1 */
  readonly threshold?: number;
  /**
   * The KV v2 mounts whose configuration Terraform manages. @default every mount of one segment, which on a KV v1
   * mount would reach a secret of the name `config`
   */
  readonly kvMounts?: readonly string[];
  /** How long to wait for a starting server to answer, in milliseconds. @default 30,000 */
  readonly startDeadlineMs?: number;
}

/** What has just become true, for whoever reports it. */
export type BootstrapStep =
  | { readonly kind: "preflight" }
  /** From here to `custody` the work cannot be interrupted by `signal`. */
  | { readonly kind: "journal" }
  | { readonly kind: "initialised"; readonly shares: number; readonly threshold: number }
  | { readonly kind: "custody"; readonly path: string; readonly recipient: string }
  | { readonly kind: "unsealed" }
  /** The server was initialised and unsealed already. */
  | { readonly kind: "unchanged" }
  | { readonly kind: "token"; readonly path: string; readonly expiresAt: Date; readonly renewed: boolean };

export type Report = (step: BootstrapStep) => void;

/** @throws UsageError when no engine would accept these numbers */
export function sharesOf(request: BootstrapRequest): { shares: number; threshold: number } {
  const { shares = 1, threshold = request.shares ?? 1 } = request;
  const whole = Number.isInteger(shares) && Number.isInteger(threshold);
  const sensible = threshold >= 1 && threshold <= shares && shares <= 255 && (shares === 1 || threshold > 1);
  if (whole && sensible) return { shares, threshold };
  throw new UsageError(
    `${threshold} of ${shares} shares cannot protect a server.`,
    "Use 1 of 1, or at least 2 of up to 255 shares, for example 3 of 5.",
  );
}

/** @throws InterruptedError when the person has asked to stop; `before` says what was not begun */
export function stopIfAsked(signal: AbortSignal | undefined, before: string): void {
  if (!signal?.aborted) return;
  throw new InterruptedError(`Stopped before ${before}.`, "Run the command again: it goes on from there.");
}

/** How to wait for a server that is starting. */
export function waiting(request: BootstrapRequest) {
  const { startDeadlineMs: deadlineMs = 30_000, caFile, signal } = request;
  return { deadlineMs, ...(caFile ? { caFile } : {}), ...(signal ? { signal } : {}) };
}

/** How to reach the server. */
export function connection(request: BootstrapRequest): { address: string; caFile?: string } {
  return { address: request.address, ...(request.caFile ? { caFile: request.caFile } : {}) };
}
