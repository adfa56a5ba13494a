import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** The engines against which the policies are checked, and where their binaries are looked for. */
const ENGINES = {
  "openbao@2.7.2": {
    variable: "STRONGROOM_TEST_OPENBAO",
    cached: "parts/openbao/2.7.2/linux_amd64/files/bao",
  },
  "vault@1.21.1": {
    variable: "STRONGROOM_TEST_VAULT",
    cached: "parts/vault/1.21.1/linux_amd64/files/vault",
  },
} as const;

export type TestedEngine = keyof typeof ENGINES;

/** The engines by name, the quicker one first. */
export const ENGINE_NAMES = Object.keys(ENGINES) as TestedEngine[];

/** What the server answered; `body` is `undefined` when there was none. */
export interface Answer {
  readonly status: number;
  readonly body: { readonly data?: Record<string, unknown>; readonly [key: string]: unknown } | undefined;
  readonly text: string;
}

export interface AskOptions {
  readonly token?: string;
  readonly wrapTtl?: string;
  readonly namespace?: string;
  readonly contentType?: string;
}

/** A server in development mode, in memory, for one test file. */
export class PolicyEngine {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });

  private constructor(
    readonly engine: TestedEngine,
    readonly port: number,
    readonly process: ChildProcess,
    readonly home: string,
  ) {}

  /**
   * Starts the engine on a free port of 127.0.0.1 and waits until it answers. Throws when its binary is nowhere.
   * @param more further flags of the server
   * @param apart in a process group of its own, for callers that stop it themselves when Ctrl-C comes
   */
  static async start(
    engine: TestedEngine,
    more: readonly string[] = [],
    apart = false,
  ): Promise<PolicyEngine> {
    const { variable, cached } = ENGINES[engine];
    const cache = process.env.STRONGROOM_CACHE ?? join(homedir(), ".cache/strongroom");
    const binary = process.env[variable] ?? join(cache, cached);
    if (!existsSync(binary)) throw new Error(`${engine} is not at ${binary}: fetch it, or set ${variable}.`);
    const port = await freePort();
    const home = mkdtempSync(join(tmpdir(), "strongroom-policies-"));
    const flags = [
      "server",
      "-dev",
      "-dev-root-token-id=root",
      `-dev-listen-address=127.0.0.1:${port}`,
      "-dev-no-store-token",
      ...more,
    ];
    const child = spawn(binary, flags, {
      stdio: "ignore",
      env: { PATH: process.env.PATH, HOME: home },
      detached: apart,
    });
    const started = new PolicyEngine(engine, port, child, home);
    for (let attempt = 0; attempt < 150; attempt++) {
      if (child.exitCode !== null) break;
      const health = await started.ask("GET", "sys/health").catch(() => undefined);
      if (health?.status === 200) return started;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await started.stop();
    throw new Error(`${engine} did not start on port ${port}.`);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null) {
      this.process.kill("SIGKILL");
      await gone;
    }
    rmSync(this.home, { recursive: true, force: true });
  }

  /** One request, as root unless told otherwise. `path` is sent as it is, behind `/v1/`. */
  ask(method: string, path: string, body?: unknown, options: AskOptions = {}): Promise<Answer> {
    const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    const headers: Record<string, string> = {
      "X-Vault-Token": options.token ?? "root",
      "X-Vault-Request": "true",
    };
    if (options.wrapTtl) headers["X-Vault-Wrap-TTL"] = options.wrapTtl;
    if (options.namespace) headers["X-Vault-Namespace"] = options.namespace;
    if (payload !== undefined) {
      headers["Content-Type"] = options.contentType ?? "application/json";
      headers["Content-Length"] = String(Buffer.byteLength(payload));
    }
    return new Promise((resolve, reject) => {
      const call = request(
        { host: "127.0.0.1", port: this.port, method, path: `/v1/${path}`, headers, agent: this.#agent },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            resolve({ status: response.statusCode ?? 0, body: parse(text), text });
          });
          response.on("error", reject);
        },
      );
      call.on("error", reject);
      call.end(payload);
    });
  }

  /** Writes a policy; whether the engine accepted it. A connection that it drops in a panic counts as a refusal. */
  async writePolicy(name: string, policy: string): Promise<boolean> {
    try {
      const answer = await this.ask("PUT", `sys/policies/acl/${name}`, { policy });
      return answer.status < 300;
    } catch {
      return false;
    }
  }

  /** A token with exactly these policies, and without `default`. */
  async token(policies: readonly string[], namespace?: string): Promise<string> {
    const wanted = { policies, no_default_policy: true, ttl: "24h" };
    const answer = await this.ask("POST", "auth/token/create", wanted, namespace ? { namespace } : {});
    const auth = answer.body?.auth as { client_token?: string } | undefined;
    if (!auth?.client_token) throw new Error(`no token: ${answer.status} ${answer.text}`);
    return auth.client_token;
  }

  /** What `sys/capabilities` says of each path, sorted. */
  async capabilities(token: string, paths: readonly string[]): Promise<string[][]> {
    const answer = await this.ask("POST", "sys/capabilities", { token, paths });
    if (answer.status !== 200) throw new Error(`sys/capabilities: ${answer.status} ${answer.text}`);
    const data = (answer.body?.data ?? answer.body) as Record<string, string[]>;
    return paths.map((path) => [...(data[path] ?? [`nothing for ${path}`])].sort());
  }
}

/** A port that nobody listens on just now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function parse(text: string): Answer["body"] {
  try {
    return JSON.parse(text) as Answer["body"];
  } catch {
    return undefined;
  }
}
