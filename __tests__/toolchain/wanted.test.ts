import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { minVersion, satisfies } from "semver";
import { moduleDirectory } from "../../toolchain/project";
import { dockerProvider, vaultProvider } from "../../toolchain/provider-address";
import { type ModulePin, wanted } from "../../toolchain/wanted";

const modules: [string, ModulePin, string][] = [
  ["vault provider", vaultProvider.pin.module, vaultProvider.packagePath],
  ["docker provider", dockerProvider.pin.module, dockerProvider.packagePath],
  ["OpenTofu", wanted.opentofu.module, "github.com/opentofu/opentofu/cmd/tofu"],
  ["Vault", wanted.vault["1.21.1"]?.module as ModulePin, "github.com/hashicorp/vault"],
];

test.each(modules)(
  "the module of %s has the version of lock.json, its program as a tool, and sums",
  (_name, pin, program) => {
    const folder = moduleDirectory(pin.directory);
    const text = readFileSync(join(folder, "go.mod"), "utf8");
    expect(text).toContain(`tool ${program}\n`);
    expect(text).toMatch(new RegExp(` ${pin.version.replaceAll(".", "\\.")}$`, "m"));
    expect(existsSync(join(folder, "go.sum"))).toBe(true);
  },
);

test("what is fetched or built lies in the range that the stacks work with", () => {
  for (const pin of [vaultProvider.pin, dockerProvider.pin]) {
    expect(satisfies(pin.version, pin.range)).toBe(true);
    expect(satisfies(pin.registryVersion, pin.range)).toBe(true);
  }
  expect(satisfies(wanted.opentofu.version, wanted.opentofu.range)).toBe(true);
  // terraform_data came with 1.4.
  expect(minVersion(wanted.terraform.range)?.compare("1.4.0")).toBe(1);
});

test("the wheel is pinned by two sums, its own and its program's, on every platform", () => {
  const platforms = wanted.openbao["2.7.2"]?.wheel?.platforms ?? {};
  expect(Object.keys(platforms).sort()).toEqual([
    "darwin_amd64",
    "darwin_arm64",
    "linux_amd64",
    "linux_arm64",
  ]);
  const sums = Object.values(platforms).flatMap(({ sha256, binarySha256 }) => [sha256, binarySha256]);
  expect(sums.every((sum) => /^[0-9a-f]{64}$/.test(sum))).toBe(true);
  expect(new Set(sums).size).toBe(8);
});

test("a module that is not there is told with the place that was searched", () => {
  expect(() => moduleDirectory("absent")).toThrow("toolchain/modules/absent/go.mod is not to be found");
});
