import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { generateIdentity } from "age-encryption";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

/** One bad input each: a clear message with the next step, its exit code, and nothing lost. */
describe("trouble", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.open({ STRONGROOM_TARGET: "process" });
  });
  afterEach(() => stage.close());

  it("an environment that does not exist", async () => {
    const { exitCode, output } = await stage.start("--env", "prod");

    expect(output).toContain('There is no environment "prod".');
    expect(output).toContain("Choose one of: dev, staging, production");
    expect(exitCode).toBe(2);
  });

  it("a command or a flag that does not exist", async () => {
    expect((await stage.strongroom("upp")).exitCode).toBe(2);
    expect((await stage.strongroom("up", "--prot", "1")).output).toContain("--port");
    expect((await stage.start("--engine", "vault")).output).toContain(
      "for example openbao@2.7.2 or vault@1.21.1",
    );
  });

  it("a declaration that cannot be right, told with its line", async () => {
    const file = join(stage.folder, "systems", "goblin-assistant.ts");
    writeFileSync(
      file,
      stage
        .read("systems", "goblin-assistant.ts")
        .replace(
          'this.secret("goblin-assistant/rotations"',
          'this.secret("data/goblin-assistant/rotations" as never',
        ),
    );
    const { exitCode, output } = await stage.start();

    expect(output).toMatch(/systems\/goblin-assistant\.ts:\d+ /);
    expect(output).toContain('KV v2 adds "data/" itself: write "goblin-assistant/rotations".');
    expect(exitCode).toBe(2);
  });

  it("a Docker engine that does not answer, when a container was asked for", async () => {
    const { exitCode, output } = await stage.run("npm", ["start", "--", "--target", "container"], {
      DOCKER_HOST: "unix:///nonexistent/docker.sock",
    });

    expect(output).toContain("Cannot reach a Docker engine at unix:///nonexistent/docker.sock");
    expect(output).toContain("npm start -- --target process");
    expect(exitCode).toBe(3);
  });

  it("a port that something else has", async () => {
    const squatter = await listen(stage.port);
    const { exitCode, output } = await stage.start("--target", "container");
    squatter.close();

    expect(output).toContain(`The port of ${stage.address} is taken`);
    expect(exitCode).toBe(3);
    expect((await stage.start()).exitCode).toBe(0);
  });

  it("a server of somebody else's on the port", async () => {
    const other = await Stage.open({ STRONGROOM_TARGET: "process" });
    try {
      expect((await other.start()).exitCode).toBe(0);
      const { exitCode, output } = await stage.run("npm", ["start"], { STRONGROOM_PORT: String(other.port) });

      expect(output).toContain(`Another server answers at ${other.address}`);
      expect(output).toContain("choose another port");
      expect(exitCode).toBe(4);
    } finally {
      await other.close();
    }
  });

  it("a container that another clone made", async () => {
    expect((await stage.start("--target", "container")).exitCode).toBe(0);
    renameSync(join(stage.folder, "state"), join(stage.root, "state-of-the-other-clone"));

    const { exitCode, output } = await stage.start("--target", "container");

    expect(output).toContain(`The container ${stage.container} exists`);
    expect(output).toContain("STRONGROOM_INSTANCE");
    expect(exitCode).toBe(4);

    renameSync(join(stage.root, "state-of-the-other-clone"), join(stage.folder, "state"));
    expect((await stage.start("--target", "container")).output).toContain("Nothing to do.");
  });

  it("the identity of somebody else", async () => {
    expect((await stage.start()).exitCode).toBe(0);
    await stage.strongroom("down");
    const other = join(stage.root, "other-identity.txt");
    writeFileSync(other, `${await generateIdentity()}\n`, { mode: 0o600 });

    const refused = await stage.run("npm", ["start"], { STRONGROOM_IDENTITY: other });

    expect(refused.output).toMatch(/identity/);
    expect(refused.exitCode).toBe(3);
    expect((await stage.start()).exitCode).toBe(0);
  });

  it("a place for the keys that is full: refused before anything is made", async () => {
    const small = join(stage.root, "small");
    mkdirSync(small);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k,mode=0700", "tmpfs", small]);
    try {
      execFileSync("sh", ["-c", `dd if=/dev/zero of=${small}/ballast bs=1k count=64 2>/dev/null || true`]);
      const { exitCode, output } = await stage.run("npm", ["start"], {
        STRONGROOM_HOME: small,
        STRONGROOM_TARGET: "container",
      });

      expect(output).toMatch(/Cannot (write|make|create)/);
      expect(exitCode).toBe(3);
      expect(
        execFileSync("docker", ["ps", "-aq", "--filter", `name=${stage.container}`], { encoding: "utf8" }),
      ).toBe("");
    } finally {
      execFileSync("umount", [small]);
    }
  });

  it("keys that were lost, with the data still there", async () => {
    expect((await stage.start()).exitCode).toBe(0);
    const custody = join(stage.home, `dev-${stage.instance}`, "custody.age");
    renameSync(custody, `${custody}.elsewhere`);
    await stage.strongroom("down");

    const { exitCode, output } = await stage.start();

    expect(output).toContain("custody");
    expect(exitCode).toBe(4);
    renameSync(`${custody}.elsewhere`, custody);
    expect((await stage.start()).exitCode).toBe(0);
  });

  it("no Terraform, and no way to get one", async () => {
    const bin = join(stage.root, "bin");
    mkdirSync(bin);
    for (const tool of ["node", "npm", "sh", "git", "docker", "env"])
      symlinkSync(which(tool), join(bin, tool));

    const { exitCode, output } = await stage.run(process.execPath, ["bin/strongroom.mjs", "up"], {
      PATH: bin,
      STRONGROOM_CACHE: join(stage.root, "empty-cache"),
      HTTPS_PROXY: "http://127.0.0.1:9",
      GOPROXY: "off",
    });

    expect(output).toMatch(/Cannot get (terraform|opentofu)/i);
    expect(output).toContain("Tried, in this order");
    expect(exitCode).toBe(3);
  });

  it("an identity file that others can read", async () => {
    expect((await stage.start()).exitCode).toBe(0);
    const identity = join(stage.home, "identity.txt");
    chmodSync(identity, 0o644);
    await stage.strongroom("down");

    const { exitCode, output } = await stage.start();

    expect(output).toContain("chmod 600");
    expect(exitCode).toBe(3);
    chmodSync(identity, 0o600);
    expect((await stage.start()).exitCode).toBe(0);
  });
});

describe("a run that was killed outright", () => {
  it("in the middle of the server stack is completed by the next npm start", async () => {
    const stage = await Stage.open({ STRONGROOM_TARGET: "container" });
    try {
      await interruptAfter(stage, 2000, "SIGKILL");
      // What the killed run had started goes on by itself for a moment.
      await new Promise((resolve) => setTimeout(resolve, 5000));

      const { exitCode, output } = await stage.start();

      expect(output).toContain("the server answers as declared");
      expect(exitCode).toBe(0);
    } finally {
      await stage.close();
    }
  });
});

describe("Ctrl-C", () => {
  /** In the preparation, in each stack's apply, in bootstrap and in verification. */
  const moments: [string, number][] = [
    ["process", 200],
    ["process", 1200],
    ["process", 2500],
    ["container", 900],
    ["container", 3500],
  ];

  it.each(moments)(
    "leaves a state that the next npm start completes: %s, after %i ms",
    async (target, moment) => {
      const stage = await Stage.open({ STRONGROOM_TARGET: target });
      try {
        const exitCode = await interruptAfter(stage, moment);
        // null: the signal itself ended it, before there was anything to stop; a shell calls that 130.
        expect([0, 130, null]).toContain(exitCode);

        const { exitCode: again, output } = await stage.start();
        expect(output).toContain("the server answers as declared");
        expect(again).toBe(0);
        expect((await stage.start()).output).toContain("Nothing to do.");
      } finally {
        await stage.close();
      }
    },
  );
});

/** Interrupts the whole process group, as a terminal does. */
function interruptAfter(stage: Stage, ms: number, signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
  const child = spawn("node", ["bin/strongroom.mjs", "up"], {
    cwd: stage.folder,
    env: { ...process.env, ...stage.environment },
    detached: true,
    stdio: "ignore",
  });
  const timer = setTimeout(() => process.kill(-(child.pid as number), signal), ms);
  return new Promise((resolve) =>
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code);
    }),
  );
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.on("error", () => {}).end("what is this?\n"));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function which(tool: string): string {
  return execFileSync("which", [tool], { encoding: "utf8" }).trim();
}
