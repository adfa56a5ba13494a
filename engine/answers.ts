import * as v from "valibot";
import { OperationalError } from "../base/errors";

/**
 * An answer in the shape that is relied on.
 * @throws OperationalError naming the place that has another shape, and never what stood there
 */
export function readAnswer<S extends v.GenericSchema>(
  schema: S,
  answer: unknown,
  request: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, answer);
  if (result.success) return result.output;
  const place = v.getDotPath(result.issues[0]) ?? "the whole answer";
  throw new OperationalError(
    `${request} was answered in an unknown shape, at ${place}.`,
    "Check that the server is a Vault or OpenBao of a supported version: `strongroom status`.",
  );
}
