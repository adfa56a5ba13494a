import { UsageError } from "../base/errors";
import type { Environment } from "../stacks/environment";
import { dev } from "./dev";
import { production } from "./production";
import { staging } from "./staging";

const environments: readonly Environment[] = [dev, staging, production];

/**
 * @param name @default `$STRONGROOM_ENV`, else `dev`
 * @throws UsageError when there is no such environment
 */
export function environmentNamed(name = process.env.STRONGROOM_ENV || "dev"): Environment {
  const found = environments.find((environment) => environment.name === name);
  if (found) return found;
  throw new UsageError(
    `There is no environment "${name}".`,
    `Choose one of: ${environments.map((environment) => environment.name).join(", ")}; each is a file in environments/.`,
  );
}
