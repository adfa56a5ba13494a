import type { EngineClient } from "../../engine/client";
import { withAdminToken } from "./admin-of";
import { bootstrapValues } from "./custody-values";
import { findLeaks } from "./leaks";
import { readValues, storeValues } from "./secrets-of";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

describe("npm start, with Vault as the engine", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open({ STRONGROOM_ENGINE: "vault@1.21.1" });
  });
  afterAll(() => stage.close());

  it("brings Vault up in a container and verifies it", async () => {
    const { exitCode, output } = await stage.start();

    expect(output).toContain("vault 1.21.1");
    expect(output).toContain("the server answers as declared");
    expect(exitCode).toBe(0);
    expect((await stage.strongroom("status")).output).toMatch(/version +1\.21\.1/);
  });

  it("changes nothing when run again", async () => {
    expect((await stage.start()).output).toContain("Nothing to do.");
  });

  it("audits to a file and to standard output", async () => {
    const devices = await withAdminToken(stage, (client: EngineClient) =>
      client.request<{ data: Record<string, { options: { file_path: string } }> }>("GET", "sys/audit"),
    );

    expect(Object.values(devices.data).map((device) => device.options.file_path)).toEqual(
      expect.arrayContaining(["/vault/logs/audit.log", "stdout"]),
    );
  });

  it("brings every secret back after its container was removed, and leaves none lying about", async () => {
    const stored = await storeValues(stage);
    await stage.run("docker", ["rm", "-f", stage.container]);

    expect((await stage.start()).exitCode).toBe(0);
    expect(await readValues(stage)).toEqual(stored);
    expect(
      findLeaks(stage, new Map([...(await bootstrapValues(stage)), ...stored]), ["terraform.token"]),
    ).toEqual([]);
  });

  it("does not hand Vault's data to OpenBao", async () => {
    const { exitCode, output } = await stage.start("--engine", "openbao@2.7.2");

    expect(output).toContain("keeps its data in vault@1.21.1, which openbao@2.7.2 cannot read");
    expect(exitCode).toBe(4);
  });
});
