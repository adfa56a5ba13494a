import { existsSync } from "node:fs";
import { printEngineId } from "../base/engine-id";
import { readStatus } from "../bootstrap/status";
import { environmentNamed } from "../environments";
import { bootstrapRequestOf } from "../provision/bootstrap-request";
import { resolveDeployment } from "../provision/deployment-record";
import { printJson } from "./terminal";

/** `strongroom status`: what there is, without changing anything. Exit code 1 where the server does not serve. */
export async function statusCommand(options: { readonly json?: boolean }): Promise<void> {
  const deployment = resolveDeployment(environmentNamed());
  const { health, custody, identityPath, interruptedInit } = await readStatus(bootstrapRequestOf(deployment));
  const facts = {
    instance: deployment.instance,
    engine: printEngineId(deployment.engine),
    target: deployment.target,
    address: deployment.address,
    state: health.state,
    ...(health.version ? { version: health.version } : {}),
    custody: custody.present ? custody.path : null,
    identity: existsSync(identityPath) ? identityPath : null,
    interrupted_init: interruptedInit !== undefined,
  };
  if (options.json) printJson(facts);
  else
    process.stdout.write(
      Object.entries(facts)
        .map(([name, value]) => `${name.replace("_", " ").padEnd(17)} ${value ?? "none"}\n`)
        .join(""),
    );
  if (health.state !== "active" && health.state !== "standby") process.exitCode = 1;
}
