import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { OperationalError } from "../base/errors";
import { pause } from "../engine/pause";
import type { Deployment } from "../stacks/deployment";
import { CONFIG_FILE, serverConfig } from "../stacks/server-config";
import { serverDirectories } from "../stacks/server-directories";
import { isProcess, type ProcessRecord, recordOf } from "./process-record";

/**
 * The engine as a process of this machine, on the same configuration as a container's. It outlives the command that started
 * it, and is known again by its id and the time it was started.
 */
export class ProcessServer {
  private readonly directory: string;
  private readonly recordFile: string;
  /** What the server itself prints: its start, its errors, and the audit device on standard output. */
  readonly logFile: string;

  constructor(
    private readonly deployment: Deployment,
    private readonly binary: string,
  ) {
    const { config, logs } = serverDirectories(deployment);
    this.directory = config;
    this.recordFile = join(config, "process.json");
    this.logFile = join(logs, "server.log");
  }

  /** Starts it unless it runs already with this configuration. @returns whether anything changed */
  async start(): Promise<boolean> {
    const config = serverConfig(this.deployment);
    const configFile = join(this.directory, CONFIG_FILE);
    const unchanged = existsSync(configFile) && (await readFile(configFile, "utf8")) === config;
    if (unchanged && (await this.running())) return false;

    await this.stop();
    for (const directory of Object.values(serverDirectories(this.deployment))) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
    }
    await writeFileAtomic(configFile, config, { mode: 0o600 });
    await this.spawn(configFile);
    return true;
  }

  /** The server's process id, when it runs. */
  async running(): Promise<number | undefined> {
    const record = await this.readRecord();
    return record && (await isProcess(record)) ? record.pid : undefined;
  }

  /** Asks it to end, and after ten seconds makes it. @returns whether there was one to stop */
  async stop(): Promise<boolean> {
    const record = await this.readRecord();
    const found = record !== undefined && (await isProcess(record));
    if (found) {
      process.kill(record.pid, "SIGTERM");
      for (let waited = 0; waited < 100 && (await isProcess(record)); waited++) await pause(100);
      if (await isProcess(record)) process.kill(record.pid, "SIGKILL");
    }
    await rm(this.recordFile, { force: true });
    return found;
  }

  private async spawn(configFile: string): Promise<void> {
    const log = await open(this.logFile, "a", 0o600);
    try {
      const child = spawn(this.binary, ["server", `-config=${configFile}`], {
        detached: true,
        stdio: ["ignore", log.fd, log.fd],
        // Nothing of the operator's environment: a token or an address in it is no business of the server's.
        env: { PATH: process.env.PATH, HOME: this.directory, TMPDIR: process.env.TMPDIR ?? "/tmp" },
      });
      await new Promise<void>((resolve, reject) => {
        child.once("spawn", resolve);
        child.once("error", (cause) =>
          reject(
            new OperationalError(
              `Cannot start ${this.binary}: ${cause.message}.`,
              "Run `npx strongroom doctor`.",
              { cause },
            ),
          ),
        );
      });
      child.unref();
      const record = await recordOf(child.pid as number);
      await writeFileAtomic(this.recordFile, `${JSON.stringify(record)}\n`, { mode: 0o600 });
    } finally {
      await log.close();
    }
  }

  private async readRecord(): Promise<ProcessRecord | undefined> {
    if (!existsSync(this.recordFile)) return undefined;
    return JSON.parse(await readFile(this.recordFile, "utf8")) as ProcessRecord;
  }
}
