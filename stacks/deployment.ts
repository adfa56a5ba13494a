import { join } from "node:path";
import { type EngineId, parseEngineId } from "../base/engine-id";
import { UsageError } from "../base/errors";
import { homeDirectory } from "../base/places";
import type { Environment } from "./environment";

/** Where the server runs: a container of ours, a process of ours, or a server that somebody else keeps. */
export type Target = "container" | "process" | "existing";

/** One environment as it stands on this machine: what the declarations leave to the place where they are applied. */
export interface Deployment {
  readonly environment: Environment;
  /** Names containers, volumes, custody and state: the environment's name, with a suffix where one machine has several. */
  readonly instance: string;
  readonly target: Target;
  readonly engine: EngineId;
  readonly port: number;
  /** The URL that clients use. */
  readonly address: string;
  /** The file from which Terraform takes its token, mode 0600; none where `target` is `existing`. */
  readonly tokenFile?: string;
}

/** What a person may choose on the command line or in the process environment; each overrides the declaration. */
export interface DeploymentChoices {
  readonly target?: string | undefined;
  readonly engine?: string | undefined;
  readonly port?: string | undefined;
  /** Added to the environment's name, to keep several deployments of it apart on one machine. */
  readonly instance?: string | undefined;
  /** The URL of a server that exists already. */
  readonly address?: string | undefined;
}

/** `STRONGROOM_TARGET`, `_ENGINE`, `_PORT`, `_INSTANCE` and `_ADDRESS`, so that every door sees the same choices. */
export function choicesFrom(env: NodeJS.ProcessEnv = process.env): DeploymentChoices {
  return {
    target: env.STRONGROOM_TARGET || undefined,
    engine: env.STRONGROOM_ENGINE || undefined,
    port: env.STRONGROOM_PORT || undefined,
    instance: env.STRONGROOM_INSTANCE || undefined,
    address: env.STRONGROOM_ADDRESS || undefined,
  };
}

/** @throws UsageError for a target, engine, port, name or address that cannot be */
export function deploymentOf(environment: Environment, choices: DeploymentChoices): Deployment {
  const target = targetOf(choices.target ?? "container");
  const instance = choices.instance ? `${environment.name}-${nameOf(choices.instance)}` : environment.name;
  const port = choices.port === undefined ? (environment.props.server?.port ?? 8200) : portOf(choices.port);
  const deployment = {
    environment,
    instance,
    target,
    engine: choices.engine === undefined ? environment.engine : parseEngineId(choices.engine),
    port,
  };
  if (target === "existing") {
    if (!choices.address) {
      throw new UsageError(
        'Target "existing" needs the address of a server.',
        "Set STRONGROOM_ADDRESS to its URL, and VAULT_TOKEN to a token that may configure it.",
      );
    }
    return { ...deployment, address: addressOf(choices.address) };
  }
  return {
    ...deployment,
    address: `http://127.0.0.1:${port}`,
    tokenFile: join(homeDirectory(), instance, "terraform.token"),
  };
}

function targetOf(text: string): Target {
  if (text === "container" || text === "process" || text === "existing") return text;
  throw new UsageError(`"${text}" is no target.`, "Choose container, process or existing.");
}

/** As it was given, without slashes at its end: the engines' command lines and the provider add their own. */
function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain =
    url && ["http:", "https:"].includes(url.protocol) && url.username === "" && url.password === "";
  if (plain && !/[${}\s]/.test(text)) return text.replace(/\/+$/, "");
  throw new UsageError(
    "The address of the existing server is no plain http or https URL.",
    "Write it like https://vault.example.com:8200, without a user or a password in it.",
  );
}

function nameOf(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new UsageError(
    `"${text}" cannot name an instance.`,
    "Use up to 31 lower-case letters, digits and -.",
  );
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new UsageError(`"${text}" is no port.`, "Choose a whole number from 1 to 65535.");
}
