import { OperationalError } from "../../../base/errors";
import type { AccessRevision } from "../../model";
import type { ReadRevisionOptions, ServerAccess } from "../options";

export async function readServer(
  access: ServerAccess,
  _options: ReadRevisionOptions,
): Promise<AccessRevision> {
  throw new OperationalError(`${access.address} cannot be read yet.`, "Give another source.");
}
