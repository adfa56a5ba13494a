/** What the API of a code host is asked with. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What it answered, whatever the status. */
export interface ApiAnswer {
  readonly status: number;
  /** Parsed JSON; `undefined` where the answer is none. */
  readonly body: unknown;
  readonly headers: Headers;
}
