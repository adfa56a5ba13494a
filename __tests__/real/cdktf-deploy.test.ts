import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bootstrapValues } from "./custody-values";
import { findLeaks } from "./leaks";
import { readValues, storeValues } from "./secrets-of";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

describe("npx cdktf", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  it("deploys both stacks from nothing in one command", async () => {
    const { exitCode, output } = await stage.run("npx", ["cdktf", "deploy", "*", "--auto-approve"]);

    expect(output).toMatch(/dev-server .*Apply complete!|Apply complete!/s);
    expect(exitCode).toBe(0);
    expect((await stage.strongroom("verify")).output).toContain("the server answers as declared");
  });

  it.each(["dev-server", "dev-access"])("sees no difference in %s afterwards", async (stack) => {
    const { exitCode, output } = await stage.run("npx", ["cdktf", "diff", stack]);

    expect(output).toContain("No changes.");
    expect(exitCode).toBe(0);
  });

  it("deploys a removed container again with its data intact", async () => {
    const stored = await storeValues(stage);
    execFileSync("docker", ["rm", "-f", stage.container]);

    expect((await stage.run("npx", ["cdktf", "deploy", "*", "--auto-approve"])).exitCode).toBe(0);
    expect(await readValues(stage)).toEqual(stored);
  });

  it("leaves a server that npm start finds in order", async () => {
    const { exitCode, output } = await stage.start();

    expect(output).toContain("Nothing to do.");
    expect(exitCode).toBe(0);
  });

  it("keeps every value out of JSON, a saved plan and the state", async () => {
    const directory = join(stage.folder, "cdktf.out", "stacks", "dev-access");
    const planned = await stage.run("terraform", [
      `-chdir=${directory}`,
      "plan",
      "-input=false",
      "-out=saved.plan",
    ]);
    expect(planned.exitCode).toBe(0);
    // A plan is a zip archive: what is in it is only found once it is unpacked.
    execFileSync("python3", [
      "-m",
      "zipfile",
      "-e",
      join(directory, "saved.plan"),
      join(directory, "unpacked"),
    ]);

    expect(findLeaks(stage, await bootstrapValues(stage), ["terraform.token"])).toEqual([]);
  });
});
