import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { DockerUnreachableError } from "./failures";
import { run } from "./run";
import type { Workshop } from "./workshop";

export interface LocalImage {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `name@sha256:…`, as the registry knows it; empty for an image that was built here. */
  readonly digests: readonly string[];
}

export interface DockerServer {
  readonly version: string;
  readonly os: string;
  readonly arch: string;
}

/** How the Docker engine is reached: its socket directly, which is quick, or whatever way the `docker` command knows. */
type Endpoint = { readonly name: string; readonly socket?: string };

const defaultSocket = "/var/run/docker.sock";

/** @throws DockerUnreachableError when no engine answers */
export async function dockerServer(workshop: Workshop): Promise<DockerServer> {
  const answer = await ask(workshop, "/version", ["version", "--format", "{{json .Server}}"]);
  const { Version, Os, Arch } = answer as { Version: string; Os: string; Arch: string };
  return { version: Version, os: Os, arch: Arch };
}

/**
 * An image that the engine already has, by its reference.
 * @throws DockerUnreachableError when no engine answers
 */
export async function localImage(workshop: Workshop, reference: string): Promise<LocalImage | undefined> {
  const path = `/images/${encodeURI(reference)}/json`;
  const answer = await ask(workshop, path, ["image", "inspect", "--format", "{{json .}}", reference]);
  if (!answer) return undefined;
  const image = answer as {
    Id: string;
    RepoDigests?: string[] | null;
    Config?: { Labels?: Record<string, string> | null };
  };
  return { id: image.Id, labels: image.Config?.Labels ?? {}, digests: image.RepoDigests ?? [] };
}

/** @returns the answer's JSON, or undefined for "no such image" */
async function ask(workshop: Workshop, path: string, args: readonly string[]): Promise<unknown> {
  const endpoint = await findEndpoint(workshop);
  if (endpoint.socket) return askSocket(endpoint.name, endpoint.socket, path);
  const outcome = await run(workshop, "docker", args, { timeoutMs: 15_000 });
  if (outcome.ok) return JSON.parse(outcome.stdout);
  if (/no such image/i.test(outcome.stderr)) return undefined;
  throw new DockerUnreachableError(endpoint.name, outcome.why);
}

function askSocket(name: string, socketPath: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new DockerUnreachableError(name, reason));
    const sent = request({ socketPath, path, timeout: 10_000, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", (error) => fail(error.message));
      response.on("end", () => {
        if (response.statusCode === 404) return resolve(undefined);
        const text = Buffer.concat(chunks).toString("utf8");
        if (response.statusCode !== 200)
          return fail(`it answered ${response.statusCode}: ${text.slice(0, 200).trim()}`);
        return resolve(JSON.parse(text));
      });
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer within 10 s")));
    sent.on("error", (error: NodeJS.ErrnoException) => fail(explain(error)));
    sent.end();
  });
}

/** DOCKER_HOST wins, then the chosen context of the `docker` command, then the usual socket. */
async function findEndpoint(workshop: Workshop): Promise<Endpoint> {
  const { env } = workshop;
  const host = env.DOCKER_HOST;
  if (host)
    return host.startsWith("unix://") ? { name: host, socket: host.slice("unix://".length) } : { name: host };
  const context = env.DOCKER_CONTEXT ?? (await chosenContext(env));
  if (context && context !== "default") return { name: `the Docker context "${context}"` };
  if (process.platform === "win32") return { name: "the default Docker context" };
  return { name: `unix://${defaultSocket}`, socket: defaultSocket };
}

async function chosenContext(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const path = join(env.DOCKER_CONFIG || join(env.HOME ?? homedir(), ".docker"), "config.json");
  try {
    return (JSON.parse(await readFile(path, "utf8")) as { currentContext?: string }).currentContext;
  } catch {
    return undefined;
  }
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return "connection refused";
  if (error.code === "ENOENT") return "there is no such socket";
  if (error.code === "EACCES") return "permission denied: is this user in the group docker?";
  return error.message;
}
