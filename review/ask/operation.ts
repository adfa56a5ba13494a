import { UsageError } from "../../base/errors";
import { accessRequestOf } from "../../policies/semantics/http";
import { OPERATIONS, type Operation } from "../../policies/semantics/request";
import { didYouMean } from "../written/nearest";

/**
 * The operation that a person names: in the engine's words (`read`), or as an HTTP method (`GET`).
 * @param also other words that would have been understood, for the advice
 * @throws UsageError for any other word
 */
export function operationNamed(word: string, also: readonly string[] = []): Operation {
  const known = OPERATIONS.find((each) => each === word.toLowerCase());
  if (known) return known;
  const method = word === word.toUpperCase() ? accessRequestOf({ method: word, path: "x" }) : undefined;
  if (method) return method.operation;
  throw new UsageError(`"${word}" is no operation.`, didYouMean(word, [...OPERATIONS, ...also]));
}
