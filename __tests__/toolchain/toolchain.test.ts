import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { here, printPlatform } from "../../toolchain/platform";
import { ensureToolchain, type ToolProgress } from "../../toolchain/toolchain";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const engine = { product: "openbao", version: "2.7.2" } as const;

/** A machine where everything is at hand as the user's own files. */
function furnished() {
  const bench = openWorkbench();
  bench.program("terraform", "Terraform v1.11.4");
  bench.program("bao", "OpenBao v2.7.2 (0123abc)");
  const provider = bench.file("given/terraform-provider-vault_v3.3.1", "binary", 0o755);
  const told: ToolProgress[] = [];
  const ensure = (env: Record<string, string> = { STRONGROOM_PROVIDER_VAULT: provider }) =>
    ensureToolchain({ engine, target: "process", env: { ...bench.env, ...env } }, (progress) =>
      told.push(progress),
    );
  return { bench, told, ensure };
}

test("with everything at hand nothing is fetched, built or told", async () => {
  const { told, ensure } = furnished();
  const toolchain = await ensure();
  expect(toolchain.terraform).toMatchObject({ source: "PATH", cached: true });
  expect(toolchain.providers.vault).toMatchObject({
    source: "given",
    version: "3.3.1",
    cached: true,
  });
  expect(toolchain.engineBinary).toMatchObject({
    source: "PATH",
    version: "2.7.2",
  });
  expect(toolchain.image).toBeUndefined();
  expect(toolchain.providers.docker).toBeUndefined();
  expect(told).toEqual([]);
});

test("linkProviders makes a stack's folder a mirror", async () => {
  const { bench, ensure } = furnished();
  const stack = join(bench.root, "stack");
  await (await ensure()).linkProviders(stack);
  const folder = join(
    stack,
    "terraform.d",
    "plugins",
    "registry.terraform.io",
    "hashicorp",
    "vault",
    "3.3.1",
  );
  expect(existsSync(join(folder, printPlatform(here), "terraform-provider-vault_v3.3.1"))).toBe(true);
});

test("Terraform is kept quiet, and not told of a configuration file that is not there", async () => {
  const { bench, ensure } = furnished();
  const env = {
    STRONGROOM_PROVIDER_VAULT: join(bench.root, "given", "terraform-provider-vault_v3.3.1"),
  };
  const quiet = {
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_PLUGIN_CACHE_DIR: "",
  };
  expect((await ensure(env)).env).toEqual(quiet);
  const missing = {
    ...env,
    TF_CLI_CONFIG_FILE: join(bench.root, "absent.tfrc"),
  };
  expect((await ensure(missing)).env).toEqual({
    ...quiet,
    TF_CLI_CONFIG_FILE: "",
  });
});

test("an existing mirror that has the provider is left to serve it: no variable, no link", async () => {
  const { bench, ensure } = furnished();
  const mirror = `mirror/registry.terraform.io/hashicorp/vault/4.2.0/${printPlatform(here)}`;
  bench.file(`${mirror}/terraform-provider-vault_v4.2.0`, "binary", 0o755);
  const text = `provider_installation { filesystem_mirror { path = "${join(bench.root, "mirror")}" } }`;
  const toolchain = await ensure({
    TF_CLI_CONFIG_FILE: bench.file("my.tfrc", text),
  });
  expect(toolchain.providers.vault).toMatchObject({
    source: "mirror",
    version: "4.2.0",
  });
  expect(toolchain.env).not.toHaveProperty("TF_CLI_CONFIG_FILE");
  const stack = join(bench.root, "stack");
  await toolchain.linkProviders(stack);
  expect(existsSync(stack)).toBe(false);
});

test("a configuration that would keep Terraform from the linked providers is replaced for the run", async () => {
  const { bench, ensure } = furnished();
  const env = {
    TF_CLI_CONFIG_FILE: bench.file("my.tfrc", "provider_installation {\n  direct {}\n}\n"),
    STRONGROOM_PROVIDER_VAULT: join(bench.root, "given", "terraform-provider-vault_v3.3.1"),
  };
  const toolchain = await ensure(env);
  expect(readFileSync(toolchain.env.TF_CLI_CONFIG_FILE ?? "", "utf8")).toContain(
    'path = "terraform.d/plugins"',
  );
});

test("without any network, Go or Python the message names the part, every way and its reason, and the next step", async () => {
  const { told, ensure } = furnished();
  // A proxy that nobody runs stands for a network that leads nowhere.
  const failure = await ensure({ HTTPS_PROXY: "http://127.0.0.1:18199" }).catch((error: unknown) => error);
  expect(failure).toMatchObject({ exitCode: 3, part: "vault provider" });
  expect((failure as Error).message).toMatchInlineSnapshot(`
    "Cannot get vault provider >=3.3.1 <6.0.0. Tried, in this order:
        STRONGROOM_PROVIDER_VAULT: not set
        the cache: not there
        the Terraform Registry: registry.terraform.io does not answer (ECONNREFUSED)
        its Go module: go is not on PATH
      Run this once where there is a network and Go 1.25.8 or newer; or put the provider in a filesystem mirror, or name a binary with STRONGROOM_PROVIDER_VAULT=/path/to/terraform-provider-vault_v3.3.1."
  `);
  expect(told).toEqual([]);
});

test("a Docker engine that does not answer is told as such, before anything is built for it", async () => {
  const { bench } = furnished();
  const env = {
    ...bench.env,
    DOCKER_HOST: `unix://${join(bench.root, "docker.sock")}`,
    HTTPS_PROXY: "http://127.0.0.1:18199",
  };
  const failure = ensureToolchain({ engine, target: "container", env }, () => undefined);
  await expect(failure).rejects.toThrow("Cannot reach a Docker engine");
});

test("an interruption ends it with 130", async () => {
  const { bench } = furnished();
  const request = {
    engine,
    target: "process",
    env: bench.env,
    signal: AbortSignal.abort(),
  } as const;
  await expect(ensureToolchain(request, () => undefined)).rejects.toMatchObject({ exitCode: 130 });
});
