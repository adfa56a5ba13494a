import { setTimeout as sleep } from "node:timers/promises";
import { OperationalError } from "../../base/errors";
import type { ApiAnswer, Method } from "./api-answer";
import { refusal, unanswered } from "./api-errors";
import { nextPage } from "./link-header";
import { waitBefore } from "./retry";

export interface ApiOptions {
  /** Where the API begins: `https://api.github.com`, `https://gitlab.example/api/v4`. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How to wait. @default by the clock */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** The longest one call may take, in milliseconds. @default 30,000 */
  readonly timeoutMs?: number;
}

const ATTEMPTS = 4;
/** No more pages are read of a request with that many comments. */
const MOST_PAGES = 200;

/**
 * HTTP to the API of a code host. Repeats what was refused for going too fast, as late as the host says, and what a
 * failing host left undone; a POST whose fate is unclear is never repeated here. Neither redirects nor pages lead the
 * token to another host. Errors name method and path and never hold the token.
 */
export class ApiClient {
  readonly #base: URL;
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#base = new URL(options.base.endsWith("/") ? options.base : `${options.base}/`);
    this.#options = options;
  }

  /** The answer, where its status is a success or among `expected`. `path` is relative to the base. */
  async call(
    method: Method,
    path: string,
    body?: object,
    expected: readonly number[] = [],
  ): Promise<ApiAnswer> {
    const { wait = sleep } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#send(method, path, body).catch((error: unknown) =>
        unanswered(error, method, path),
      );
      const refused = answer instanceof Error || answer.status >= 300;
      if (!refused) return answer;
      const pause = attempt < ATTEMPTS ? waitBefore(method, answer, attempt, Date.now()) : undefined;
      if (pause === undefined) {
        if (answer instanceof Error) throw answer;
        if (expected.includes(answer.status)) return answer;
        throw refusal(method, path, answer);
      }
      await wait(pause);
    }
  }

  /** The elements of every page, following `Link: <…>; rel="next"`. */
  async all(path: string): Promise<unknown[]> {
    const found: unknown[] = [];
    let page: string | undefined = path;
    for (let pages = 0; page !== undefined && pages < MOST_PAGES; pages++) {
      const { body, headers } = await this.call("GET", page);
      if (!Array.isArray(body))
        throw new OperationalError(`GET ${path} did not answer with a list.`, "Check the API's address.");
      found.push(...body);
      page = this.#sameHost(nextPage(headers.get("link")));
    }
    return found;
  }

  #sameHost(address: string | undefined): string | undefined {
    if (address === undefined) return undefined;
    const url = new URL(address, this.#base);
    if (url.origin === this.#base.origin) return url.href;
    throw new OperationalError(
      `${this.#base.host} says that its next page is on another host, ${url.host}.`,
      "The token is not sent there. Check the API's address.",
    );
  }

  async #send(method: Method, path: string, body: object | undefined): Promise<ApiAnswer> {
    const { headers, timeoutMs = 30_000 } = this.#options;
    const response = await fetch(new URL(path, this.#base), {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: jsonOf(text) };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
