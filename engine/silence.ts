import { EngineSilentError, type SilenceReason } from "./errors";

/** Turns what the HTTP library throws when no answer came into a typed error without any of the request in it. */
export function silence(address: string, cause: unknown): EngineSilentError {
  const code = codeOf(cause);
  const { reason, detail, mayHaveArrived } = silences.find(({ codes }) => codes.test(code)) ?? unknownSilence;
  const exactly = reason === "refused" || reason === "timed-out" ? detail : `${detail} (${code})`;
  return new EngineSilentError(address, reason, exactly, mayHaveArrived);
}

interface Silence {
  readonly codes: RegExp;
  readonly reason: SilenceReason;
  readonly detail: string;
  readonly mayHaveArrived: boolean;
}

const silences: readonly Silence[] = [
  { codes: /^ECONNREFUSED$/, reason: "refused", detail: "connection refused", mayHaveArrived: false },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    reason: "refused",
    detail: "no route to the host",
    mayHaveArrived: false,
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    reason: "unknown-host",
    detail: "the host name is not known",
    mayHaveArrived: false,
  },
  {
    codes: /^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/,
    reason: "timed-out",
    detail: "no connection in time",
    mayHaveArrived: false,
  },
  { codes: /^TimeoutError$/, reason: "timed-out", detail: "no answer in time", mayHaveArrived: true },
  {
    codes: /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS_|HOSTNAME_)/,
    reason: "tls",
    detail: "its certificate was not accepted",
    mayHaveArrived: false,
  },
  {
    codes: /^(EPROTO|ERR_SSL_|HPE_)/,
    reason: "not-http",
    detail: "what answered did not speak the expected protocol",
    mayHaveArrived: false,
  },
];

const unknownSilence = { reason: "reset", detail: "the connection broke", mayHaveArrived: true } as const;

/** The library's code, else the error's name (a time-out has no code of its own). */
function codeOf(cause: unknown): string {
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  const { code, name } = (inner ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === "string") return code;
  return typeof name === "string" ? name : "unknown";
}
