import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { EngineClient } from "../../engine/client";
import { waitForAnswer } from "../../engine/health";
import { engineBinary } from "./engine-process";
import { findLeaks } from "./leaks";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

describe("npm start, on a server that somebody else keeps", () => {
  const token = `root-${randomBytes(12).toString("hex")}`;
  let stage: Stage;
  let server: ChildProcess;
  let choices: Record<string, string>;

  beforeAll(async () => {
    stage = await Stage.open({ STRONGROOM_TARGET: "existing" });
    choices = { STRONGROOM_ADDRESS: stage.address, VAULT_TOKEN: token };
  });
  afterAll(async () => {
    server?.kill();
    await stage.close();
  });

  it("says so when it does not answer, and makes nothing", async () => {
    const { exitCode, output } = await stage.run("npm", ["start"], choices);

    expect(output).toContain(`The existing server at ${stage.address} is unreachable`);
    expect(exitCode).toBe(3);
  });

  it("asks for an address where none is given", async () => {
    const { exitCode, output } = await stage.start();

    expect(output).toContain("STRONGROOM_ADDRESS");
    expect(exitCode).toBe(2);
  });

  it("configures and verifies it with the token that is given, and leaves that nowhere", async () => {
    server = await startForeignServer(stage, token);

    const { exitCode, output } = await stage.run("npm", ["start"], choices);

    expect(output).toContain("its keys are somebody else's");
    expect(output).toContain("the server answers as declared");
    expect(exitCode).toBe(0);
    const asBaoKnowsIt = { ...choices, BAO_TOKEN: token, VAULT_TOKEN: "another server's" };
    expect((await stage.run("npm", ["start"], asBaoKnowsIt)).output).toContain("Nothing to do.");
    expect(findLeaks(stage, new Map([["the keeper's token", token]]))).toEqual([]);
  });

  it("does not stop what is not its own", async () => {
    const { exitCode, output } = await stage.run("node", ["bin/strongroom.mjs", "down"], choices);

    expect(output).toContain("is somebody else's");
    expect(exitCode).toBe(2);
  });
});

/** A real engine, in memory and unsealed, that we have no keys of. The KV mount that it comes with is in the way of ours. */
async function startForeignServer(stage: Stage, token: string): Promise<ChildProcess> {
  const args = ["server", "-dev", `-dev-listen-address=127.0.0.1:${stage.port}`, "-dev-no-store-token"];
  const env = { ...process.env, BAO_DEV_ROOT_TOKEN_ID: token };
  const server = spawn(engineBinary(), args, { env, stdio: "ignore" });
  await waitForAnswer(stage.address, { deadlineMs: 20_000 });
  const client = new EngineClient({ address: stage.address, token });
  try {
    await client.request("DELETE", "sys/mounts/secret");
  } finally {
    await client.close();
  }
  return server;
}
