import { join } from "node:path";
import { UsageError } from "../base/errors";
import { homeDirectory } from "../base/places";

/**
 * The files of one instance, all in `<home>/<instance>/`, all readable by the operator alone. An instance is one
 * server (or cluster) that this operator holds the keys of; its name is usually the environment's, like `dev`.
 */
export interface InstancePlaces {
  readonly instance: string;
  readonly directory: string;
  /** The unseal shares and the root token, sealed with age to the operator. */
  readonly custody: string;
  /** Written before an init, removed after its custody is proven: it tells of a run that was cut off between. */
  readonly journal: string;
  /** Disk space held ready for custody, so that it cannot run out between the init and the storing. */
  readonly reserve: string;
  /** The short-lived token for Terraform. */
  readonly adminToken: string;
  readonly lock: string;
}

/** @throws UsageError when the name could not be a folder's name everywhere */
export function placesOf(instance: string): InstancePlaces {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(instance)) {
    throw new UsageError(
      `${JSON.stringify(instance)} is not a name for an instance.`,
      "Use lower-case letters, digits and hyphens, for example dev.",
    );
  }
  const directory = join(homeDirectory(), instance);
  return {
    instance,
    directory,
    custody: join(directory, "custody.age"),
    journal: join(directory, "custody.pending"),
    reserve: join(directory, "custody.reserve"),
    adminToken: join(directory, "terraform.token"),
    lock: join(directory, "bootstrap.lock"),
  };
}
