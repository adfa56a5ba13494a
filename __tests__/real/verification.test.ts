import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withAdminToken } from "./admin-of";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

describe("verification, when somebody changed the server behind the declarations' back", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open({ STRONGROOM_TARGET: "process" });
    expect((await stage.start()).exitCode).toBe(0);
  });
  afterAll(() => stage.close());

  it("names a secret that a service can read and should not", async () => {
    await writePolicy("dotmac", 'path "secret/data/*" { capabilities = ["read"] }');

    const { exitCode, output } = await stage.strongroom("verify");

    expect(output).toMatch(/approle dotmac can also read secret\/data\/api-keys\/anthropic/);
    expect(exitCode).toBe(1);
  });

  it("names a secret that a service should read and cannot", async () => {
    await writePolicy("dotmac", 'path "secret/data/jwt" { capabilities = ["read"] }');

    const { exitCode, output } = await stage.strongroom("verify");

    expect(output).toMatch(/approle dotmac cannot read secret\/data\/redis/);
    expect(exitCode).toBe(1);
  });

  it("finds the same through a role that was given another policy", async () => {
    expect((await stage.start()).exitCode).toBe(0);
    await withAdminToken(stage, (client) =>
      client.request("POST", "auth/approle/role/goblin-ci", {
        token_policies: ["goblin-ci", "goblin-assistant"],
      }),
    );

    const { exitCode, output } = await stage.strongroom("verify");

    expect(output).toMatch(/approle goblin-ci can also read secret\/data\/goblin-assistant\/providers/);
    expect(exitCode).toBe(1);
  });

  it("finds a way that is not to the values: destroying versions", async () => {
    expect((await stage.start()).exitCode).toBe(0);
    await writePolicy(
      "default",
      'path "secret/destroy/*" { capabilities = ["update"] }\npath "sys/capabilities-self" { capabilities = ["update"] }\npath "auth/token/revoke-self" { capabilities = ["update"] }',
    );

    const { exitCode, output } = await stage.strongroom("verify");

    expect(output).toMatch(/can also update secret\/destroy\//);
    expect(exitCode).toBe(1);
  });

  it("fails npm start as well, which cannot mend what is not its own", async () => {
    await writePolicy(
      "default",
      'path "secret/data/*" { capabilities = ["read"] }\npath "sys/capabilities-self" { capabilities = ["update"] }\npath "auth/token/revoke-self" { capabilities = ["update"] }',
    );

    const { exitCode, output } = await stage.start();

    expect(output).toContain("The server answers differently from what is declared");
    expect(exitCode).toBe(1);
  });

  async function writePolicy(name: string, policy: string): Promise<void> {
    await withAdminToken(stage, (client) => client.request("PUT", `sys/policies/acl/${name}`, { policy }));
  }
});

describe("a mount that the server has and the state does not, as after a run that was cut off", () => {
  it("is adopted by the next npm start", async () => {
    const stage = await Stage.open({ STRONGROOM_TARGET: "process" });
    try {
      expect((await stage.start()).exitCode).toBe(0);
      const file = join(stage.folder, "state", `dev-${stage.instance}-access.tfstate`);
      const state = JSON.parse(readFileSync(file, "utf8"));
      const kept = state.resources.filter(
        ({ type }: { type: string }) => !["vault_mount", "vault_auth_backend"].includes(type),
      );
      expect(kept.length).toBe(state.resources.length - 4);
      writeFileSync(file, JSON.stringify({ ...state, serial: state.serial + 1, resources: kept }));

      const { exitCode, output } = await stage.start();

      expect(output).toContain("the server answers as declared");
      expect(exitCode).toBe(0);
    } finally {
      await stage.close();
    }
  });
});
