import { InterruptedError, StrongroomError, UsageError } from "../base/errors";
import { Connection } from "./connection";
import { EngineAnswerError } from "./errors";
import { redact } from "./redact";
import { silence } from "./silence";

export interface EngineClientOptions {
  /** The server's URL without a path, for example `http://127.0.0.1:8200`. */
  readonly address: string;
  /** @default none: only unauthenticated paths answer */
  readonly token?: string;
  /** A PEM file with the CA that the server's certificate must descend from. @default the system's CAs */
  readonly caFile?: string;
  /** The longest one call may take from start to last byte, in milliseconds. @default 30,000 */
  readonly timeoutMs?: number;
  /** Connections kept open at most. @default 8 */
  readonly connections?: number;
}

export interface CallOptions {
  /** Stops waiting for the answer; what was sent may still be carried out. @default never */
  readonly signal?: AbortSignal;
  /** @default the client's */
  readonly timeoutMs?: number;
}

/** What came back, whatever its status. `body` is undefined where there was none or where it was not JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export type Method = "GET" | "LIST" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * HTTP to one Vault or OpenBao server. Connections are kept alive and shared by every client that `withToken`
 * makes. Each call has one total deadline and is sent exactly once: whether to repeat it is the caller's decision.
 * Errors name method and path and hold neither the token nor anything of the request's body.
 */
export class EngineClient {
  readonly address: string;
  /** Truly private, so that no log of a client shows its token. */
  readonly #options: EngineClientOptions;
  readonly #connection: Connection;

  /** `connection` is for `withToken`; leave it out. */
  constructor(options: EngineClientOptions, connection = new Connection(originOf(options.address), options)) {
    this.address = connection.origin;
    this.#options = options;
    this.#connection = connection;
  }

  /** The same server over the same connections, with another token. */
  withToken(token: string): EngineClient {
    return new EngineClient({ ...this.#options, token }, this.#connection);
  }

  /**
   * The JSON of a successful answer, `undefined` where the engine sends none (204). `path` is below `/v1/` and
   * is given as it is meant: its segments are percent-encoded here.
   * @throws EngineAnswerError on any status but 2xx
   * @throws EngineSilentError when no answer came
   */
  async request<T = unknown>(
    method: Method,
    path: string,
    body?: unknown,
    options?: CallOptions,
  ): Promise<T> {
    const answer = await this.send(method, path, body, options);
    if (answer.status >= 200 && answer.status < 300) return answer.body as T;
    const messages = messagesIn(answer.body).map((message) => redact(message, this.#options.token, body));
    throw new EngineAnswerError(`${method} ${this.address}/v1/${path}`, answer.status, messages);
  }

  /** Like `request`, for callers to whom another status is an answer and not an error. */
  async send(method: Method, path: string, body?: unknown, options: CallOptions = {}): Promise<Answer> {
    const deadline = AbortSignal.timeout(options.timeoutMs ?? this.#options.timeoutMs ?? 30_000);
    try {
      const pool = await this.#connection.open();
      const response = await pool.request({
        method: method === "LIST" ? "GET" : method,
        path: target(method, path),
        headers: headers(method, this.#options.token, body),
        body: body === undefined ? null : JSON.stringify(body),
        signal: options.signal ? AbortSignal.any([deadline, options.signal]) : deadline,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      return { status: response.statusCode, body: parseJson(await response.body.text()) };
    } catch (cause) {
      if (cause instanceof StrongroomError) throw cause;
      if (options.signal?.aborted) throw stopped(this.address, cause);
      throw silence(this.address, cause);
    }
  }

  /** Ends the connections, also those of clients made by `withToken`. */
  async close(): Promise<void> {
    await this.#connection.close();
  }
}

function stopped(address: string, cause: unknown): InterruptedError {
  return new InterruptedError(`A call to ${address} was stopped.`, "Run the command again to complete it.", {
    cause,
  });
}

function originOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.username) {
    return url.origin;
  }
  throw new UsageError(
    "The server's address is not a plain URL.",
    "Write scheme, host and port only, for example http://127.0.0.1:8200.",
  );
}

/** A LIST is sent as both engines' own clients send it: a GET that proxies understand, with `list=true`. */
function target(method: Method, path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `/v1/${encoded}${method === "LIST" ? "?list=true" : ""}`;
}

function headers(method: Method, token: string | undefined, body: unknown): Record<string, string> {
  // The engines take a PATCH as a JSON merge patch only, and answer 415 to anything else.
  const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  return {
    "x-vault-request": "true",
    ...(token === undefined ? {} : { "x-vault-token": token }),
    ...(body === undefined ? {} : { "content-type": type }),
  };
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messagesIn(body: unknown): string[] {
  const errors = (body as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(errors) ? errors.filter((error) => typeof error === "string") : [];
}
