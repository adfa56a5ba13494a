import { OperationalError } from "../../base/errors";
import type { ApiAnswer, Method } from "./api-answer";
import { NotPermittedError, UnclearError } from "./platform";

/** A request that nobody answered. */
export function unanswered(error: unknown, method: Method, path: string): UnclearError {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  const reason = cause instanceof Error ? cause.message : message;
  return new UnclearError(
    `${method} ${pathOnly(path)} got no answer: ${reason}.`,
    "Check the network and run it again.",
    { cause: error },
  );
}

/** An answer that is no success, with what to do about it. */
export function refusal(method: Method, path: string, { status, body }: ApiAnswer): OperationalError {
  const said =
    typeof body === "object" && body !== null && "message" in body
      ? `: ${JSON.stringify(body.message).slice(0, 300)}`
      : "";
  const what = `${method} ${pathOnly(path)} answered ${status}${said}.`;
  if (status === 401)
    return new OperationalError(what, "The token is wrong or has expired: give the job a new one.");
  if (status === 403)
    return new NotPermittedError(
      what,
      "Give the token the right to comment, or read the review in the job's summary.",
    );
  if (status === 404)
    return new OperationalError(
      what,
      "Check repository and number; hosts also answer so where the token may not look.",
    );
  if (status >= 500) return new UnclearError(what, "The host failed: run it again later.");
  if (status >= 300 && status < 400)
    return new OperationalError(what, "It has moved: give its new name or address.");
  return new OperationalError(what, "Check repository, number and what the token may do.");
}

function pathOnly(path: string): string {
  return path.replace(/^https?:\/\/[^/]+\//, "").replace(/\?.*$/s, "");
}
