import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { cacheDirectory } from "../../base/places";

/** What a command of the project came to. */
export interface Outcome {
  readonly exitCode: number | undefined;
  /** Standard output and error, as a person sees them. */
  readonly output: string;
}

let stages = 0;

/**
 * A copy of the project in a folder of its own, with a home, an instance and a port of its own, in which the project's commands
 * run as a user runs them. Only the packages and the tools' cache are shared.
 */
export class Stage {
  readonly root = mkdtempSync(join(tmpdir(), "strongroom-stage-"));
  readonly folder = join(this.root, "project");
  readonly home = join(this.root, "home");
  readonly instance = `t${process.pid}-${++stages}`;
  /** All that any command has printed. */
  transcript = "";

  private constructor(
    readonly port: number,
    private readonly env: Record<string, string>,
  ) {
    copyProject(this.folder);
    mkdirSync(this.home, { mode: 0o700 });
  }

  /** @param env more of the environment, for example STRONGROOM_TARGET */
  static async open(env: Record<string, string> = {}): Promise<Stage> {
    return new Stage(await freePort(), env);
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The name of the server's container. */
  get container(): string {
    return `strongroom-dev-${this.instance}`;
  }

  get environment(): Record<string, string> {
    return {
      STRONGROOM_HOME: this.home,
      STRONGROOM_CACHE: cacheDirectory(),
      STRONGROOM_INSTANCE: this.instance,
      STRONGROOM_PORT: String(this.port),
      NO_COLOR: "1",
      CI: "1",
      CHECKPOINT_DISABLE: "1",
      ...this.env,
    };
  }

  /** Runs a command in the project's folder. */
  async run(
    command: string,
    args: readonly string[] = [],
    env: Record<string, string> = {},
  ): Promise<Outcome> {
    const { exitCode, all } = await execa(command, args, {
      cwd: this.folder,
      env: { ...this.environment, ...env },
      reject: false,
      all: true,
      stdin: "ignore",
    });
    this.transcript += `${all}\n`;
    return { exitCode, output: all };
  }

  strongroom(...args: string[]): Promise<Outcome> {
    return this.run("node", ["bin/strongroom.mjs", ...args]);
  }

  start(...args: string[]): Promise<Outcome> {
    return this.run("npm", ["start", "--", ...args]);
  }

  /** A token for the operator: every secret of the environment. */
  async operatorToken(): Promise<string> {
    const { stdout } = await execa("node", ["bin/strongroom.mjs", "login", "--print"], {
      cwd: this.folder,
      env: this.environment,
      stdin: "ignore",
    });
    return stdout.trim();
  }

  read(...path: string[]): string {
    return readFileSync(join(this.folder, ...path), "utf8");
  }

  /** Stops and removes whatever the stage has made. */
  async close(): Promise<void> {
    if (existsSync(join(this.home, `dev-${this.instance}`, "deployment.json"))) {
      await this.strongroom("down", "--volumes", "--yes");
    }
    execFileSync("sh", ["-c", removeLeftovers(this.container)], { stdio: "ignore" });
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What git would know of the working tree, changes included, so that a test tests what is there. */
function copyProject(folder: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  });
  for (const file of listed.split("\0").filter((each) => each !== "" && existsSync(each))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(file, join(folder, file));
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
}

/** Where a test failed before the project knew of its server. */
function removeLeftovers(container: string): string {
  return [
    `docker rm -f ${container} ${container}-config`,
    `docker network rm ${container}`,
    `docker volume rm -f ${container}-data ${container}-logs ${container}-config`,
  ]
    .map((command) => `${command} >/dev/null 2>&1`)
    .join("; ")
    .concat("; true");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
