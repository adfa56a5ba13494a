import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GivenPartError, PartMissingError } from "../../toolchain/failures";
import { ensureTerraform, lookForTerraform } from "../../toolchain/terraform";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const terraform = "Terraform v1.11.4\non linux_amd64";
const tofu = "OpenTofu v1.12.6\non linux_amd64";

test("Terraform on PATH is taken before OpenTofu", async () => {
  const { workshop, program } = openWorkbench();
  const path = program("terraform", terraform);
  program("tofu", tofu);
  expect(await ensureTerraform(workshop, undefined)).toEqual({
    ...{ name: "terraform", product: "terraform", version: "1.11.4", wanted: ">=1.5.0 <2.0.0" },
    ...{ path, source: "PATH", cached: true },
  });
});

test("a Terraform that is too old is passed over for OpenTofu, and the reason is kept", async () => {
  const { workshop, program } = openWorkbench();
  program("terraform", "Terraform v1.3.9\non linux_amd64");
  expect(await lookForTerraform(workshop, "terraform")).toEqual({
    tried: [{ way: "terraform on PATH", why: expect.stringContaining("is 1.3.9") }],
  });
  program("tofu", tofu);
  expect(await ensureTerraform(workshop, undefined)).toMatchObject({
    product: "opentofu",
    version: "1.12.6",
  });
});

test.each([
  ["STRONGROOM_TERRAFORM", "opentofu"],
  ["TERRAFORM_BINARY_NAME", "tofu"],
])("%s=%s chooses OpenTofu although Terraform is there", async (variable, value) => {
  const { open, program } = openWorkbench();
  program("terraform", terraform);
  program("tofu", tofu);
  expect(await ensureTerraform(open({ [variable]: value }), undefined)).toMatchObject({
    product: "opentofu",
  });
});

test("a program named by path or by its name on PATH is used, and counts as given", async () => {
  const { root, open, program } = openWorkbench();
  program("terraform", terraform);
  program("terraform-1.9", "Terraform v1.9.0");
  const given = { version: "1.9.0", source: "given", product: "terraform" };
  expect(await ensureTerraform(open({ TERRAFORM_BINARY_NAME: "terraform-1.9" }), undefined)).toMatchObject(
    given,
  );
  const path = join(root, "bin", "terraform-1.9");
  expect(await ensureTerraform(open({ STRONGROOM_TERRAFORM: path }), undefined)).toMatchObject({
    ...given,
    path,
  });
});

test("a product asked for by the request goes before a program named by the environment", async () => {
  const { root, open, program } = openWorkbench();
  program("terraform", terraform);
  program("tofu", tofu);
  const workshop = open({ STRONGROOM_TERRAFORM: join(root, "bin", "terraform") });
  expect(await ensureTerraform(workshop, "opentofu")).toMatchObject({ product: "opentofu" });
});

test("a named program that is none, or too old, is refused with the variable's name", async () => {
  const { root, open, program } = openWorkbench();
  program("other", "something else");
  program("old", "Terraform v0.15.0");
  for (const name of ["other", "absent", "old"]) {
    const failure = ensureTerraform(open({ STRONGROOM_TERRAFORM: join(root, "bin", name) }), undefined);
    await expect(failure).rejects.toBeInstanceOf(GivenPartError);
    await expect(failure).rejects.toMatchObject({
      exitCode: 3,
      what: expect.stringContaining("STRONGROOM_TERRAFORM names"),
    });
  }
});

test("Terraform itself is never fetched: asked for and not there, it is for the user to install", async () => {
  const { workshop } = openWorkbench();
  const failure = await ensureTerraform(workshop, "terraform").catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PartMissingError);
  expect((failure as Error).message).toContain("STRONGROOM_TERRAFORM=opentofu");
});

test("a program is asked for its version once, but a small script, which may be a version manager's, each time", async () => {
  const { root, workshop, file, program } = openWorkbench();
  program("tofu", tofu);
  const big = `#!/bin/sh\necho asked >> '${root}/terraform.asked'\necho Terraform v1.11.4\nexit\n${"#".repeat(1_000_000)}`;
  file("bin/terraform", big, 0o755);
  for (let turn = 0; turn < 3; turn++) {
    await lookForTerraform(workshop, "terraform");
    await lookForTerraform(workshop, "opentofu");
  }
  const asked = (name: string) => readFileSync(join(root, `${name}.asked`), "utf8").split("\n").length - 1;
  expect({ terraform: asked("terraform"), tofu: asked("tofu") }).toEqual({ terraform: 1, tofu: 3 });
  file("bin/terraform", big.replace("1.11.4", "1.12.0"), 0o755);
  expect(await lookForTerraform(workshop, "terraform")).toMatchObject({ found: { version: "1.12.0" } });
});
