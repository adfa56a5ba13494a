import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

describe("npm start, with OpenTofu instead of Terraform", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open({ STRONGROOM_TERRAFORM: "opentofu" });
  });
  afterAll(() => stage.close());

  it("brings the environment up and verifies it", async () => {
    const { exitCode, output } = await stage.start();

    expect(output).toMatch(/toolchain.*opentofu 1\./);
    expect(output).toContain("the server answers as declared");
    expect(exitCode).toBe(0);
  });

  it("changes nothing when run again", async () => {
    expect((await stage.start()).output).toContain("Nothing to do.");
  });

  it("serves cdktf too, which is told where it is", async () => {
    const { output } = await stage.strongroom("tools", "--opentofu");
    const path = /^opentofu [\d.]+: (\S+)/m.exec(output)?.[1] ?? "";

    // cdktf looks for the lock under Terraform's registry, and would ask OpenTofu's for another.
    const diff = await stage.run("npx", ["cdktf", "diff", "dev-access", "--skip-provider-lock"], {
      TERRAFORM_BINARY_NAME: path,
    });

    expect(diff.output).toContain("No changes.");
    expect(diff.exitCode).toBe(0);
  });
});
