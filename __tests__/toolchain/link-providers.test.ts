import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkInto } from "../../toolchain/link-providers";
import { here, printPlatform } from "../../toolchain/platform";
import type { Provider } from "../../toolchain/provider";
import { vaultProvider } from "../../toolchain/provider-address";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const platform = printPlatform(here);
const hosts = ["registry.terraform.io", "registry.opentofu.org"];

function setUp() {
  const bench = openWorkbench();
  const stack = join(bench.root, "stack");
  const provider = (
    version: string,
    kind: "folder" | "program" | "archive" = "folder",
    content = "binary",
  ): Provider => {
    const name = `terraform-provider-vault_v${version}${kind === "archive" ? ".zip" : ""}`;
    const path = bench.file(`packages/${version}/${name}`, content, 0o755);
    const part = {
      name: "vault provider",
      wanted: "",
      version,
      path,
      source: "go module",
      cached: true,
    } as const;
    const linked = kind === "folder" ? join(path, "..") : path;
    return { spec: vaultProvider, part, package: { kind, path: linked }, servedByUser: false };
  };
  const plugins = (host: string) => join(stack, "terraform.d", "plugins", host, "hashicorp", "vault");
  return { bench, stack, provider, plugins };
}

test("the provider is found below both registries' hosts, by links into the cache", async () => {
  const { stack, provider, plugins } = setUp();
  const linked = provider("3.3.1");
  await linkInto(stack, [linked]);
  for (const host of hosts) {
    const program = join(plugins(host), "3.3.1", platform, "terraform-provider-vault_v3.3.1");
    expect(realpathSync(program)).toBe(linked.part.path);
  }
});

test("a single binary and a packed archive are put where Terraform expects each", async () => {
  const { stack, provider, plugins } = setUp();
  await linkInto(stack, [provider("3.3.1", "program")]);
  expect(
    existsSync(join(plugins(hosts[0] as string), "3.3.1", platform, "terraform-provider-vault_v3.3.1")),
  ).toBe(true);
  await linkInto(stack, [provider("5.6.0", "archive")]);
  expect(existsSync(join(plugins(hosts[0] as string), "terraform-provider-vault_v5.6.0.zip"))).toBe(true);
});

test("another version takes the place of the old one, so that Terraform has no choice to make", async () => {
  const { stack, provider, plugins } = setUp();
  await linkInto(stack, [provider("3.3.1")]);
  await linkInto(stack, [provider("5.6.0")]);
  for (const host of hosts) {
    expect(existsSync(join(plugins(host), "5.6.0", platform))).toBe(true);
    expect(existsSync(join(plugins(host), "3.3.1"))).toBe(false);
  }
});

const lock = 'provider "registry.terraform.io/hashicorp/vault" {\n  version = "3.3.1"\n}\n';

test("repeated with the same provider it changes nothing and keeps Terraform's lock file", async () => {
  const { stack, provider } = setUp();
  const same = provider("3.3.1");
  await linkInto(stack, [same]);
  writeFileSync(join(stack, ".terraform.lock.hcl"), lock);
  await linkInto(stack, [same]);
  expect(readFileSync(join(stack, ".terraform.lock.hcl"), "utf8")).toBe(lock);
});

test("a provider built anew under the same version takes Terraform's record of its sums with it", async () => {
  const { stack, provider } = setUp();
  await linkInto(stack, [provider("3.3.1")]);
  writeFileSync(join(stack, ".terraform.lock.hcl"), lock);
  await linkInto(stack, [provider("3.3.1", "folder", "built by a newer Go")]);
  expect(existsSync(join(stack, ".terraform.lock.hcl"))).toBe(false);
});

test("a lock file that is about other providers is left alone", async () => {
  const { stack, provider } = setUp();
  await linkInto(stack, [provider("3.3.1")]);
  writeFileSync(join(stack, ".terraform.lock.hcl"), lock.replace("hashicorp/vault", "hashicorp/random"));
  await linkInto(stack, [provider("5.6.0")]);
  expect(existsSync(join(stack, ".terraform.lock.hcl"))).toBe(true);
});
