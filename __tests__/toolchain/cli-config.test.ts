import { join } from "node:path";
import {
  type Mirror,
  mirrorServes,
  namesMissingConfig,
  providerInstallation,
} from "../../toolchain/cli-config";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const text = `provider_installation {
  filesystem_mirror { path = "/mirror" include = ["*/hashicorp/*"] }
  network_mirror { url = "https://mirror.example/" exclude = ["kreuzwerker/docker"] }
  direct {}
}`;

test("the mirrors of the file that TF_CLI_CONFIG_FILE names are read in their order", async () => {
  const { open, file } = openWorkbench();
  const path = file("my.tfrc", text);
  expect(await providerInstallation(open({ TF_CLI_CONFIG_FILE: path }), "terraform")).toEqual({
    file: path,
    mirrors: [
      { kind: "filesystem", place: "/mirror", include: ["*/hashicorp/*"], exclude: [] },
      { kind: "network", place: "https://mirror.example/", include: [], exclude: ["kreuzwerker/docker"] },
    ],
  });
});

test("without that variable the file in the home folder counts, OpenTofu's own before Terraform's", async () => {
  const { workshop, file } = openWorkbench();
  const terraforms = file("home/.terraformrc", text);
  expect((await providerInstallation(workshop, "opentofu"))?.file).toBe(terraforms);
  const tofus = file("home/.tofurc", text);
  expect((await providerInstallation(workshop, "opentofu"))?.file).toBe(tofus);
  expect((await providerInstallation(workshop, "terraform"))?.file).toBe(terraforms);
});

test("a file without provider_installation, a broken one, and none at all count as none", async () => {
  const { open, file, workshop } = openWorkbench();
  const plain = file("plain.tfrc", 'plugin_cache_dir = "/x"');
  const broken = file("broken.tfrc", "provider_installation {");
  expect(await providerInstallation(open({ TF_CLI_CONFIG_FILE: plain }), "terraform")).toBeUndefined();
  expect(await providerInstallation(open({ TF_CLI_CONFIG_FILE: broken }), "terraform")).toBeUndefined();
  expect(await providerInstallation(workshop, "terraform")).toBeUndefined();
});

test("a variable that names a missing file is noticed, unless a file in the home folder would step in for it", async () => {
  const { root, open, file, workshop } = openWorkbench();
  const missing = open({ TF_CLI_CONFIG_FILE: join(root, "absent.tfrc") });
  expect(await namesMissingConfig(missing, "terraform")).toBe(true);
  expect(await namesMissingConfig(workshop, "terraform")).toBe(false);
  file("home/.terraformrc", text);
  expect(await namesMissingConfig(missing, "terraform")).toBe(false);
});

test.each([
  [[], [], true],
  [["hashicorp/vault"], [], true],
  [["vault"], [], true],
  [["*/*/*"], [], true],
  [["registry.terraform.io/hashicorp/*"], [], true],
  [["example.com/*/*"], [], false],
  [["kreuzwerker/docker"], [], false],
  [[], ["hashicorp/*"], false],
])("include %j exclude %j: serves the vault provider: %s", (include, exclude, serves) => {
  const mirror: Mirror = { kind: "filesystem", place: "/mirror", include, exclude };
  expect(mirrorServes(mirror, "registry.terraform.io/hashicorp/vault", "registry.terraform.io")).toBe(serves);
});
