import { existsSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { printEngineId } from "../base/engine-id";
import { ConflictError, OperationalError } from "../base/errors";
import { homeDirectory } from "../base/places";
import { choicesFrom, type Deployment, type DeploymentChoices, deploymentOf } from "../stacks/deployment";
import type { Environment } from "../stacks/environment";

/** How an instance was first brought up. Later runs follow it, so that a server is not left behind by a change of mind. */
const Record = v.object({
  schema_version: v.literal(1),
  target: v.picklist(["container", "process", "existing"]),
  engine: v.string(),
  port: v.number(),
});

/**
 * The deployment to work on: what was chosen now, else what was chosen when the instance was first brought up, else what
 * is declared.
 * @throws ConflictError when what is chosen now contradicts what runs
 */
export function resolveDeployment(
  environment: Environment,
  choices: DeploymentChoices = choicesFrom(),
): Deployment {
  const wanted = deploymentOf(environment, choices);
  const record = readRecord(wanted.instance);
  if (!record) return wanted;
  const [product] = record.engine.split("@");
  if (choices.target !== undefined && choices.target !== record.target) {
    throw conflict(wanted, `runs with target ${record.target}, not ${choices.target}`);
  }
  if (choices.engine !== undefined && wanted.engine.product !== product) {
    throw conflict(
      wanted,
      `keeps its data in ${record.engine}, which ${printEngineId(wanted.engine)} cannot read`,
    );
  }
  return deploymentOf(environment, {
    ...choices,
    target: record.target,
    engine: choices.engine ?? (environment.engine.product === product ? undefined : record.engine),
    port: choices.port ?? String(record.port),
  });
}

/** Whether the instance was ever brought up here. */
export function isRecorded(instance: string): boolean {
  return existsSync(recordPath(instance));
}

export async function recordDeployment(deployment: Deployment): Promise<void> {
  const record = {
    schema_version: 1,
    target: deployment.target,
    engine: printEngineId(deployment.engine),
    port: deployment.port,
  };
  const text = `${JSON.stringify(record, null, 2)}\n`;
  const path = recordPath(deployment.instance);
  if (existsSync(path) && (await readFile(path, "utf8")) === text) return;
  await mkdir(join(homeDirectory(), deployment.instance), { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600 });
}

/** After everything of the instance is gone. */
export async function forgetDeployment(instance: string): Promise<void> {
  await rm(recordPath(instance), { force: true });
}

function readRecord(instance: string): v.InferOutput<typeof Record> | undefined {
  const path = recordPath(instance);
  if (!existsSync(path)) return undefined;
  try {
    return v.parse(Record, JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new OperationalError(
      `${path} cannot be read as the record of a deployment.`,
      "It tells whether the server is a container or a process: remove it, and choose the same again with --target.",
      { cause },
    );
  }
}

function recordPath(instance: string): string {
  return join(homeDirectory(), instance, "deployment.json");
}

function conflict(deployment: Deployment, what: string): ConflictError {
  return new ConflictError(
    `Instance ${deployment.instance} ${what}.`,
    "Leave that choice out, or keep a second server beside it: set STRONGROOM_INSTANCE to a name and STRONGROOM_PORT to a free port.",
  );
}
