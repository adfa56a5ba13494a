import { OperationalError } from "../base/errors";

/** The engine answered, and not with success. `status` is the HTTP status; `messages` are the engine's own words, redacted. */
export class EngineAnswerError extends OperationalError {
  constructor(
    readonly request: string,
    readonly status: number,
    readonly messages: readonly string[],
  ) {
    super(`${request} was answered ${status}${tell(messages)}.`, nextStepFor(status, messages));
  }
}

/** Why no answer came. */
export type SilenceReason = "refused" | "unknown-host" | "timed-out" | "reset" | "tls" | "not-http";

/**
 * No answer of an engine came back. When `mayHaveArrived` is true the request may have been carried out all the
 * same: a write must be read back, never blindly repeated.
 */
export class EngineSilentError extends OperationalError {
  constructor(
    readonly address: string,
    readonly reason: SilenceReason,
    readonly detail: string,
    readonly mayHaveArrived: boolean,
  ) {
    super(`${address} gave no answer: ${detail}.`, silenceSteps[reason]);
  }
}

const silenceSteps: Record<SilenceReason, string> = {
  refused: "Start the server, or check its address: `strongroom status` tells what is expected where.",
  "unknown-host": "Check the host name in the server's address.",
  "timed-out": "Look at the server's log: a blocked audit device or a full disk makes an engine hang.",
  reset: "Look at the server's log, then run the command again: it reads what happened before it goes on.",
  tls: "Check the certificate, its host name and dates, and the CA file that is given for this server.",
  "not-http": "Check scheme and port: use https:// for a listener with TLS, http:// for one without.",
};

function nextStepFor(status: number, messages: readonly string[]): string {
  const words = messages.join(" ");
  if (status === 403)
    return "Check that the token is still valid and that its policies allow this path: `strongroom login`.";
  if (status === 429) return "A rate-limit quota holds this back: wait a little and run the command again.";
  if (status === 503 && /sealed/i.test(words)) return "Unseal the server: `strongroom unseal`.";
  if (status === 500 && /audit/i.test(words)) {
    return "No audit device could record the request, so the engine refused it: check the audit log's disk.";
  }
  if (status >= 500) return "Look at the server's log, then run the command again.";
  return "Check the request against the engine's version: `strongroom status`.";
}

function tell(messages: readonly string[]): string {
  const words = messages.map((message) => message.replace(/\s+/g, " ").trim()).filter(Boolean);
  return words.length === 0 ? "" : `: ${words.join("; ").replace(/\.$/, "")}`;
}
