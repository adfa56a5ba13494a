import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { assertNotInterrupted, type Workshop } from "./workshop";

// Who does not answer is passed over: each failure here is a reason, and only an interruption is thrown.

/** Who does not answer by then is taken for unreachable. */
const answerWithinMs = 3_000;
const downloadWithinMs = 10 * 60_000;

/** A small text, with a short limit. */
export async function fetchText(
  workshop: Workshop,
  url: string,
): Promise<{ text: string } | { why: string }> {
  const answer = await get(workshop, url, answerWithinMs);
  if ("why" in answer) return answer;
  try {
    return { text: await answer.response.text() };
  } catch (error) {
    return broken(workshop, error);
  }
}

/** A file of any size. @returns why it failed, or nothing when it is there */
export async function download(
  workshop: Workshop,
  url: string,
  path: string,
): Promise<{ why: string } | undefined> {
  const answer = await get(workshop, url, downloadWithinMs);
  if ("why" in answer) return answer;
  if (!answer.response.body) return { why: `${url} is empty` };
  try {
    await pipeline(Readable.fromWeb(answer.response.body as never), createWriteStream(path));
    return undefined;
  } catch (error) {
    return broken(workshop, error);
  }
}

function broken(workshop: Workshop, error: unknown): { why: string } {
  assertNotInterrupted(workshop);
  return { why: `the download broke off (${reason(error)})` };
}

/** Asks an address with a short limit. @returns why it cannot be reached, or nothing when it can */
export async function answers(workshop: Workshop, url: string): Promise<{ why: string } | undefined> {
  const answer = await get(workshop, url, answerWithinMs);
  if ("why" in answer) return answer;
  await answer.response.body?.cancel();
  return undefined;
}

/** Through the proxy that HTTPS_PROXY names, as the other clients do. */
async function get(
  workshop: Workshop,
  url: string,
  withinMs: number,
): Promise<{ response: import("undici").Response } | { why: string }> {
  const { fetch, EnvHttpProxyAgent } = await import("undici");
  const signals = [AbortSignal.timeout(withinMs), ...(workshop.signal ? [workshop.signal] : [])];
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy, NO_PROXY, no_proxy } = workshop.env;
  const dispatcher = new EnvHttpProxyAgent({
    httpsProxy: https_proxy ?? HTTPS_PROXY ?? "",
    httpProxy: http_proxy ?? HTTP_PROXY ?? "",
    noProxy: no_proxy ?? NO_PROXY ?? "",
    connect: { timeout: answerWithinMs },
  });
  try {
    const response = await fetch(url, { dispatcher, signal: AbortSignal.any(signals) });
    if (response.ok) return { response };
    await response.body?.cancel();
    return { why: `${new URL(url).host} answered ${response.status}` };
  } catch (error) {
    assertNotInterrupted(workshop);
    return { why: `${new URL(url).host} does not answer (${reason(error)})` };
  }
}

/** fetch says only "fetch failed"; the cause says why. */
function reason(error: unknown): string {
  const { name, code, message, cause } = error as NodeJS.ErrnoException & { readonly cause?: unknown };
  if (cause) return reason(cause);
  return name === "TimeoutError"
    ? "no answer in time"
    : (typeof code === "string" && code) || message || String(error);
}
