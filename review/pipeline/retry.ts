import type { ApiAnswer } from "./api-answer";

/** A job does not wait longer than this for one answer. */
const LONGEST_WAIT = 120_000;
/** What GitHub asks for where it names no time ("Rate limits for the REST API"). */
const WITHOUT_A_TIME = 60_000;

/**
 * Milliseconds to wait before the same request is sent again, or undefined where it is not to be. Refused for going too
 * fast: nothing was done, and the host says when. Failed or cut off: soon, unless it could have made something.
 */
export function waitBefore(
  method: string,
  answer: ApiAnswer | Error,
  attempt: number,
  now: number,
): number | undefined {
  if (answer instanceof Error || answer.status >= 500)
    return method === "POST" ? undefined : 500 * 2 ** attempt;
  const wait = rateLimitWait(answer, now);
  return wait !== undefined && wait <= LONGEST_WAIT ? wait : undefined;
}

/** GitHub answers 403 or 429 with `retry-after`, or `x-ratelimit-remaining: 0` and the time; GitLab 429 with `retry-after`. */
function rateLimitWait({ status, headers, body }: ApiAnswer, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = headers.get("retry-after");
  if (after !== null && /^\d+$/.test(after)) return Number(after) * 1000;
  if (after !== null && !Number.isNaN(Date.parse(after))) return Math.max(0, Date.parse(after) - now);
  const reset = Number(headers.get("x-ratelimit-reset"));
  if (headers.get("x-ratelimit-remaining") === "0" && reset > 0)
    return Math.max(0, reset * 1000 - now) + 1000;
  const secondary = JSON.stringify(body ?? "").includes("secondary rate limit");
  return status === 429 || secondary ? WITHOUT_A_TIME : undefined;
}
