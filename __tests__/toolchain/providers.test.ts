import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { GivenPartError } from "../../toolchain/failures";
import { here, printPlatform } from "../../toolchain/platform";
import { vaultProvider } from "../../toolchain/provider-address";
import { lookForProvider } from "../../toolchain/providers";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const platform = printPlatform(here);

test("a given binary is used, its version read from its name", async () => {
  const { open, file } = openWorkbench();
  const path = file("given/terraform-provider-vault_v4.8.0", "binary", 0o755);
  expect(
    await lookForProvider(open({ STRONGROOM_PROVIDER_VAULT: path }), vaultProvider, "terraform"),
  ).toMatchObject({
    found: { part: { version: "4.8.0", path, source: "given" }, servedByUser: false },
  });
});

test.each([
  ["terraform-provider-vault_v5.6.0_x5", "5.6.0"],
  ["5.1.0/linux_amd64/terraform-provider-vault", "5.1.0"],
])("the version of %s is %s", async (name, version) => {
  const { open, file } = openWorkbench();
  const workshop = open({ STRONGROOM_PROVIDER_VAULT: file(name, "binary", 0o755) });
  expect(await lookForProvider(workshop, vaultProvider, "terraform")).toMatchObject({
    found: { part: { version } },
  });
});

test("a given binary that has no version in its name, may not be run, is not there or does not fit, is refused", async () => {
  const { root, open, file } = openWorkbench();
  const bad = [
    [file("a/terraform-provider-vault", "binary", 0o755), "whose name does not tell its version"],
    [file("b/terraform-provider-vault_v3.3.1", "binary", 0o644), "which cannot be executed"],
    [join(root, "c"), "which does not exist"],
    [file("d/terraform-provider-vault_v2.24.0", "binary", 0o755), "which is version 2.24.0"],
  ] as const;
  for (const [path, what] of bad) {
    const look = lookForProvider(open({ STRONGROOM_PROVIDER_VAULT: path }), vaultProvider, "terraform");
    await expect(look).rejects.toBeInstanceOf(GivenPartError);
    await expect(look).rejects.toMatchObject({ exitCode: 3, what: expect.stringContaining(what) });
  }
});

function mirror(bench: ReturnType<typeof openWorkbench>, options = "") {
  const config = `provider_installation { filesystem_mirror { path = "${join(bench.root, "mirror")}" ${options} } }`;
  return bench.open({ TF_CLI_CONFIG_FILE: bench.file("my.tfrc", config) });
}

test("the newest fitting version in the user's mirror is taken, unpacked or packed, and nothing of ours is needed", async () => {
  const bench = openWorkbench();
  const folder = "mirror/registry.terraform.io/hashicorp/vault";
  const unpacked = bench.file(`${folder}/4.2.0/${platform}/terraform-provider-vault_v4.2.0`, "binary", 0o755);
  bench.file(`${folder}/9.0.0/${platform}/terraform-provider-vault_v9.0.0`, "binary", 0o755);
  bench.file(`${folder}/5.5.0/other_platform/terraform-provider-vault_v5.5.0`, "binary", 0o755);
  const workshop = mirror(bench);
  expect(await lookForProvider(workshop, vaultProvider, "terraform")).toMatchObject({
    found: { part: { version: "4.2.0", path: unpacked, source: "mirror" }, servedByUser: true },
  });
  const packed = bench.file(`${folder}/terraform-provider-vault_5.0.0_${platform}.zip`, "archive");
  expect(await lookForProvider(workshop, vaultProvider, "terraform")).toMatchObject({
    found: { part: { version: "5.0.0", path: packed }, package: { kind: "archive", path: packed } },
  });
});

test("a mirror may be a link, as a shared one often is", async () => {
  const bench = openWorkbench();
  bench.file(
    `shared/registry.terraform.io/hashicorp/vault/4.2.0/${platform}/terraform-provider-vault_v4.2.0`,
    "",
    0o755,
  );
  symlinkSync(join(bench.root, "shared"), join(bench.root, "mirror"));
  expect(await lookForProvider(mirror(bench), vaultProvider, "terraform")).toMatchObject({
    found: { servedByUser: true },
  });
});

test("each product has its own registry host in a mirror", async () => {
  const bench = openWorkbench();
  bench.file(
    `mirror/registry.opentofu.org/hashicorp/vault/4.2.0/${platform}/terraform-provider-vault_v4.2.0`,
    "",
    0o755,
  );
  expect(await lookForProvider(mirror(bench), vaultProvider, "opentofu")).toHaveProperty("found");
  expect(await lookForProvider(mirror(bench), vaultProvider, "terraform")).toHaveProperty("tried");
});

test("a mirror without a fitting version, or that excludes the provider, is passed over, and the message says so", async () => {
  const bench = openWorkbench();
  const program = `mirror/registry.terraform.io/hashicorp/vault/3.0.0/${platform}/terraform-provider-vault_v3.0.0`;
  bench.file(program, "binary", 0o755);
  const tried = { way: expect.stringContaining("my.tfrc"), why: "none has hashicorp/vault >=3.3.1 <6.0.0" };
  expect(await lookForProvider(mirror(bench), vaultProvider, "terraform")).toEqual({
    tried: [
      { way: "STRONGROOM_PROVIDER_VAULT", why: "not set" },
      tried,
      { way: "the cache", why: "not there" },
    ],
  });
  bench.file(program.replaceAll("3.0.0", "4.0.0"), "binary", 0o755);
  expect(await lookForProvider(mirror(bench), vaultProvider, "terraform")).toHaveProperty("found");
  const excluding = mirror(bench, 'exclude = ["hashicorp/vault"]');
  expect(await lookForProvider(excluding, vaultProvider, "terraform")).toHaveProperty("tried");
});
