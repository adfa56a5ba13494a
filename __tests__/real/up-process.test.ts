import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { CommandLines } from "./command-lines";
import { bootstrapValues } from "./custody-values";
import { findLeaks } from "./leaks";
import { readValues, storeValues, type Values } from "./secrets-of";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

/** A socket where nothing listens: a machine without Docker. */
const WITHOUT_DOCKER = { DOCKER_HOST: "unix:///nonexistent/docker.sock" };

describe("npm start, without a Docker engine", () => {
  let stage: Stage;
  let stored: Values;

  beforeAll(async () => {
    stage = await Stage.open(WITHOUT_DOCKER);
  });
  afterAll(() => stage.close());

  it("runs the engine as a process of this machine, and says so", async () => {
    const watching = new CommandLines();
    const { exitCode, output } = await stage.start();
    const commandLines = watching.stop();

    expect(output).toMatch(
      /Cannot reach a Docker engine at unix:\/\/\/nonexistent\/docker.sock .*as a process instead/,
    );
    expect(output).toContain("the server answers as declared");
    expect(exitCode).toBe(0);
    for (const value of (await bootstrapValues(stage)).values())
      expect(commandLines.includes(value)).toBe(false);
  });

  it("changes nothing when run again", async () => {
    const { exitCode, output } = await stage.start();

    expect(output).toContain("Nothing to do.");
    expect(exitCode).toBe(0);
  });

  it("stays a process when a Docker engine comes back", async () => {
    const { exitCode, output } = await stage.run("npm", ["start"], { DOCKER_HOST: "" });

    expect(output).toContain("Nothing to do.");
    expect(exitCode).toBe(0);
  });

  it("refuses to become a container beside its data", async () => {
    const { exitCode, output } = await stage.start("--target", "container");

    expect(output).toContain("runs with target process, not container");
    expect(exitCode).toBe(4);
  });

  it("brings every secret back after its process was killed", async () => {
    stored = await storeValues(stage);
    process.kill(serverPid(stage), "SIGKILL");

    expect((await stage.start()).exitCode).toBe(0);
    expect(await readValues(stage)).toEqual(stored);
  });

  it("lets nobody else read its folders, and leaves no value in them", async () => {
    const home = join(stage.home, `dev-${stage.instance}`);

    for (const folder of ["", "server/data", "server/logs", "server/config"]) {
      expect([folder, statSync(join(home, folder)).mode & 0o077]).toEqual([folder, 0]);
    }
    expect(
      findLeaks(stage, new Map([...(await bootstrapValues(stage)), ...stored]), ["terraform.token"]),
    ).toEqual([]);
  });
});

function serverPid(stage: Stage): number {
  const record = join(stage.home, `dev-${stage.instance}`, "server", "config", "process.json");
  return JSON.parse(readFileSync(record, "utf8")).pid;
}
