import { execFileSync } from "node:child_process";
import { CommandLines } from "./command-lines";
import { bootstrapValues } from "./custody-values";
import { findLeaks } from "./leaks";
import { readValues, storeValues, type Values } from "./secrets-of";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

describe("npm start, in a container", () => {
  let stage: Stage;
  let stored: Values;
  let commandLines: string;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it("brings a configured and verified server up from nothing", async () => {
    const watching = new CommandLines();
    const { exitCode, output } = await stage.start();
    commandLines = watching.stop();

    expect(output).toContain(`container ${stage.container} at ${stage.address}`);
    expect(output).toContain("initialised · 1 share sealed to you · unsealed");
    expect(output).toMatch(/verified.*11 principals x \d+ secrets: the server answers as declared/);
    for (const system of [
      "datligent",
      "claude-optimized-deployment",
      "supervisor",
      "goblin-assistant",
      "dotmac",
    ]) {
      expect(output).toMatch(new RegExp(`${system}: \\d+ principals?, \\d+ answers as declared`));
    }
    expect(output).toContain("npx strongroom login --print");
    expect(exitCode).toBe(0);
  });

  it("changes nothing when run again, and says so", async () => {
    const { exitCode, output } = await stage.start();

    const steps = output.split("\n").filter((line) => line.includes("✔"));
    expect(steps).toHaveLength(6);
    for (const step of steps) expect(step).toContain("unchanged");
    expect(output.trimEnd()).toMatch(/Nothing to do\.$/);
    expect(exitCode).toBe(0);
  });

  it("runs hardened: not root, read-only, without capabilities, on loopback alone", () => {
    const inspected = JSON.parse(execFileSync("docker", ["inspect", stage.container], { encoding: "utf8" }));
    const { Config, HostConfig, NetworkSettings } = inspected[0];

    expect(Config.User).toBe("100:1000");
    expect(HostConfig.ReadonlyRootfs).toBe(true);
    expect(HostConfig.CapDrop).toEqual(["ALL"]);
    expect(HostConfig.SecurityOpt).toContain("no-new-privileges");
    expect(HostConfig.Memory).toBe(512 * 1024 * 1024);
    expect(HostConfig.MemorySwap).toBe(HostConfig.Memory);
    expect(HostConfig.LogConfig.Config).toEqual({ "max-file": "3", "max-size": "10m" });
    expect(NetworkSettings.Ports["8200/tcp"]).toEqual([
      { HostIp: "127.0.0.1", HostPort: String(stage.port) },
    ]);
    expect([...Config.Entrypoint, ...Config.Cmd].join(" ")).not.toContain("-dev");
  });

  it("brings every secret back after its container was removed by force", async () => {
    stored = await storeValues(stage);
    execFileSync("docker", ["rm", "-f", stage.container]);

    const { exitCode, output } = await stage.start();

    expect(output).toMatch(/bootstrap +unsealed/);
    expect(exitCode).toBe(0);
    expect(await readValues(stage)).toEqual(stored);
  });

  it("unseals a server that was restarted, and finds every secret", async () => {
    execFileSync("docker", ["restart", stage.container]);

    expect((await stage.strongroom("status")).exitCode).toBe(1);
    expect((await stage.strongroom("unseal")).output).toContain("is unsealed");
    expect((await stage.strongroom("status")).exitCode).toBe(0);
    expect(await readValues(stage)).toEqual(stored);
  });

  it("brings a stopped environment back with its data", async () => {
    expect((await stage.strongroom("down")).output).toContain("its data stays");

    expect((await stage.start()).exitCode).toBe(0);
    expect(await readValues(stage)).toEqual(stored);
  });

  it("answers in full about every way to every secret", async () => {
    const { exitCode, output } = await stage.strongroom("verify");

    expect(output).toContain("the server answers as declared");
    expect(exitCode).toBe(0);
  });

  it("leaves no value behind: not in JSON, state, logs, output or command lines", async () => {
    const made = await bootstrapValues(stage);
    const values = new Map([...made, ...stored]);

    expect(made.size).toBe(3);
    // The token's own file is the one place from which Terraform takes it.
    expect(findLeaks(stage, values, ["terraform.token"])).toEqual([]);
    for (const [what, value] of values) expect([what, commandLines.includes(value)]).toEqual([what, false]);
  });

  it("finds a value that does leak: the search itself works", () => {
    stage.transcript += `\n${[...stored.values()][0]}\n`;

    expect(findLeaks(stage, stored)).toEqual([
      { what: [...stored.keys()][0], where: "what commands printed" },
    ]);
  });

  it("removes everything when told to, and only then", async () => {
    expect((await stage.strongroom("down", "--volumes")).exitCode).toBe(2);
    expect((await stage.strongroom("down", "--volumes", "--yes")).exitCode).toBe(0);

    const volumes = execFileSync("docker", ["volume", "ls", "-q"], { encoding: "utf8" });
    expect(volumes).not.toContain(stage.container);
  });
});
