import { OperationalError } from "../base/errors";
import type { Tried } from "./part";

/** A file is not the one that was pinned or kept; it has been moved aside or deleted and is not used. */
export class HashMismatchError extends OperationalError {
  constructor(
    readonly artefact: string,
    readonly wanted: string,
    readonly actual: string,
    nextStep: string,
  ) {
    super(`${artefact} is not the file that was wanted: expected ${wanted}, found ${actual}.`, nextStep);
  }
}

/** No way led to a part; `tried` has every way in order, with its reason. */
export class PartMissingError extends OperationalError {
  constructor(
    readonly part: string,
    readonly wanted: string,
    readonly tried: readonly Tried[],
    nextStep: string,
  ) {
    const ways = tried.map(({ way, why }) => `\n    ${way}: ${why}`).join("");
    super(`Cannot get ${part} ${wanted}. Tried, in this order:${ways}`, nextStep);
  }
}

/** The user named a file outright, and it cannot be used. */
export class GivenPartError extends OperationalError {}

/** No Docker engine answers. */
export class DockerUnreachableError extends OperationalError {
  constructor(endpoint: string, reason: string) {
    super(
      `Cannot reach a Docker engine at ${endpoint} (${reason}).`,
      "Start Docker and run this again, or run without containers: `npm start -- --target process`.",
    );
  }
}
