import type { EngineClient } from "../../../engine/client";
import { EngineAnswerError } from "../../../engine/errors";
import type { Settings } from "../inventory/value";

/** Reads of a server, by GET and LIST alone. What the token may not see is remembered instead of being missing. */
export class ServerReader {
  /** What could not be read, by path, in a sentence. */
  readonly hidden = new Map<string, string>();

  constructor(
    private readonly client: EngineClient,
    private readonly signal?: AbortSignal,
  ) {}

  /** The `data` of an answer; `undefined` where there is nothing, or nothing to be seen. */
  async get(path: string): Promise<Settings | undefined> {
    return this.#ask("GET", path);
  }

  /** The names in a folder; none where it is empty. */
  async list(path: string): Promise<readonly string[]> {
    const data = await this.#ask("LIST", path);
    const keys = data?.keys;
    return Array.isArray(keys) ? keys.filter((key): key is string => typeof key === "string") : [];
  }

  async #ask(method: "GET" | "LIST", path: string): Promise<Settings | undefined> {
    const { status, body } = await this.client.send(method, path, undefined, {
      ...(this.signal ? { signal: this.signal } : {}),
    });
    if (status >= 200 && status < 300) return (body as { data?: Settings } | undefined)?.data;
    if (status === 403) this.hidden.set(path, `the token may not see ${path}`);
    // An engine of another version may not have the path, or have it otherwise.
    else if (status === 400 || status === 405)
      this.hidden.set(path, `the server answers ${status} to ${method} ${path}`);
    else if (status !== 404) throw answered(method, `${this.client.address}/v1/${path}`, status, body);
    return undefined;
  }
}

function answered(method: string, url: string, status: number, body: unknown): EngineAnswerError {
  const errors = (body as { errors?: unknown } | undefined)?.errors;
  const messages = Array.isArray(errors) ? errors.filter((each) => typeof each === "string") : [];
  return new EngineAnswerError(`${method} ${url}`, status, messages);
}
