import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EngineId, parseEngineId } from "../../base/engine-id";
import { cacheDirectory } from "../../base/places";
import { dialectOf, type ServerConfigOptions } from "../../engine/dialects";
import { waitForAnswer } from "../../engine/health";

/** The engine under test. @default openbao@2.7.2; `STRONGROOM_TEST_ENGINE` names another one */
export const testEngine: EngineId = parseEngineId(process.env.STRONGROOM_TEST_ENGINE || "openbao@2.7.2");

/** Its executable: `STRONGROOM_TEST_ENGINE_BINARY`, else what the toolchain keeps in its cache. */
export function engineBinary(): string {
  const given = process.env.STRONGROOM_TEST_ENGINE_BINARY;
  if (given) return given;
  const parts = join(cacheDirectory(), "parts");
  const { binaryName } = dialectOf(testEngine);
  const kept = existsSync(parts) ? readdirSync(parts, { recursive: true, encoding: "utf8" }) : [];
  const found = kept.find(
    (path) => path.includes(testEngine.version) && path.endsWith(`/files/${binaryName}`),
  );
  if (found) return join(parts, found);
  throw new Error(`no ${binaryName} ${testEngine.version} in ${parts}: set STRONGROOM_TEST_ENGINE_BINARY`);
}

/** A real server as a process of this machine, on a configuration of ours, with its data in a temporary folder. */
export class EngineProcess {
  readonly address: string;
  private process: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly changes: Partial<ServerConfigOptions>,
  ) {
    this.address = `${changes.tlsDisabled === false ? "https" : "http"}://127.0.0.1:${port}`;
  }

  /** The log of the engine; with audit on standard output also that. */
  get log(): string {
    return join(this.folder, "engine.log");
  }

  get auditDir(): string {
    return join(this.folder, "logs");
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts an empty server. `port` and the one above it must be free. */
  static async start(port: number, changes: Partial<ServerConfigOptions> = {}): Promise<EngineProcess> {
    const engine = new EngineProcess(await mkdtemp(join(tmpdir(), "strongroom-engine-")), port, changes);
    await engine.launch().catch(async (error: unknown) => {
      await engine.remove();
      throw error;
    });
    return engine;
  }

  /** Starts the process on the data there is, and waits until it answers. */
  async launch(): Promise<void> {
    await mkdir(join(this.folder, "data"), { recursive: true, mode: 0o700 });
    await mkdir(this.auditDir, { recursive: true, mode: 0o700 });
    const file = join(this.folder, "server.hcl");
    await writeFile(file, dialectOf(testEngine).serverConfig(this.options()));
    const child = spawn(engineBinary(), ["server", `-config=${file}`], { stdio: ["ignore", "pipe", "pipe"] });
    const log = createWriteStream(this.log, { flags: "a" });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once("exit", () => log.end());
    this.process = child;
    const ca = this.options().tlsCertFile;
    await waitForAnswer(this.address, { deadlineMs: 20_000, ...(ca ? { caFile: ca } : {}) });
    if (child.exitCode !== null) throw new Error(`port ${this.port} is taken by another server`);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }

  /** Stops it and throws its data away: the next `launch` starts an empty server. */
  async wipe(): Promise<void> {
    await this.stop();
    await rm(join(this.folder, "data"), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.stop("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }

  private options(): ServerConfigOptions {
    return {
      listenAddress: `127.0.0.1:${this.port}`,
      apiAddress: this.address,
      clusterAddress: `https://127.0.0.1:${this.port + 1}`,
      dataDir: join(this.folder, "data"),
      auditDir: this.auditDir,
      nodeId: "one",
      tlsDisabled: true,
      auditFile: true,
      auditStdout: true,
      ui: false,
      ...this.changes,
    };
  }
}
