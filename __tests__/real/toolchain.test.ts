import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { examine } from "../../toolchain/doctor";
import { sha256Of } from "../../toolchain/hash";
import { here, printPlatform } from "../../toolchain/platform";
import { ensureToolchain, type Toolchain, type ToolchainRequest } from "../../toolchain/toolchain";
import { wanted } from "../../toolchain/wanted";
import { serveHardened } from "./toolchain-machine";

/** Every tool for real, in the user's own cache: the first run on a machine fetches and builds, which takes minutes. */
const engine = { product: "openbao", version: "2.7.2" } as const;
const root = mkdtempSync(join(tmpdir(), "tc-real-"));
const told: string[] = [];
/** Nothing but what the folder itself says. */
const offline = { TF_CLI_CONFIG_FILE: "" };

const ensure = (request: Partial<ToolchainRequest> = {}): Promise<Toolchain> =>
  ensureToolchain({ engine, target: "container", ...request }, ({ part, what }) =>
    told.push(`${part}: ${what}`),
  );

afterAll(() => rmSync(root, { recursive: true, force: true }));
jest.setTimeout(30 * 60_000);

/** A stack's folder, as synthesis leaves it: it wants both providers in the project's ranges. */
function stackFolder(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  const providers = {
    vault: { source: "hashicorp/vault", version: ">= 3.3.1, < 6.0.0" },
    docker: { source: "kreuzwerker/docker", version: ">= 3.6.2, < 5.0.0" },
  };
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({ terraform: { required_providers: providers } }),
  );
  return folder;
}

/** As `npx cdktf deploy` does it: in the folder, without a variable of ours. @returns what it said */
async function init(
  toolchain: Toolchain,
  folder: string,
  env: Record<string, string> = offline,
): Promise<string> {
  const { stdout, stderr } = await execa(toolchain.terraform.path, ["init", "-no-color"], {
    cwd: folder,
    env,
  });
  return stdout + stderr;
}

/** The addresses of the providers that start and tell their schemas. */
async function providersIn(
  toolchain: Toolchain,
  folder: string,
  env: Record<string, string> = offline,
): Promise<string[]> {
  const { stdout } = await execa(toolchain.terraform.path, ["providers", "schema", "-json"], {
    cwd: folder,
    env,
  });
  return Object.keys(JSON.parse(stdout).provider_schemas).sort();
}

describe.each([
  ["terraform", "registry.terraform.io"],
  ["opentofu", "registry.opentofu.org"],
] as const)("%s", (terraform, host) => {
  let toolchain: Toolchain;

  beforeAll(async () => {
    toolchain = await ensure({ terraform });
  });

  test("every part is there, in its range, with its sum where it is not the user's own", async () => {
    expect(toolchain.terraform.product).toBe(terraform);
    const { vault, docker } = toolchain.providers;
    for (const part of [toolchain.terraform, vault, docker]) {
      expect(existsSync(part?.path ?? "")).toBe(true);
      if (part?.sha256) expect(await sha256Of(part.path)).toBe(part.sha256);
    }
    expect(toolchain.image).toMatchObject({ version: "2.7.2", name: "openbao image" });
  });

  test("a second look tells nothing and finds everything cached", async () => {
    told.length = 0;
    const again = await ensure({ terraform });
    const { providers, image } = again;
    expect([again.terraform, providers.vault, providers.docker, image].map((part) => part?.cached)).toEqual(
      Array(4).fill(true),
    );
    expect(told).toEqual([]);
  });

  test("init in a linked folder finds both providers, offline and without any variable", async () => {
    const folder = stackFolder(`${terraform}-linked`);
    await toolchain.linkProviders(folder);
    await init(toolchain, folder);
    expect(await providersIn(toolchain, folder)).toEqual([
      `${host}/hashicorp/vault`,
      `${host}/kreuzwerker/docker`,
    ]);
  });

  test("a given binary is linked and used as it is", async () => {
    const own = join(root, `${terraform}-own`, "terraform-provider-vault_v4.9.9");
    mkdirSync(dirname(own));
    copyFileSync(toolchain.providers.vault.path, own);
    const given = await ensure({ terraform, env: { ...process.env, STRONGROOM_PROVIDER_VAULT: own } });
    const folder = stackFolder(`${terraform}-given`);
    await given.linkProviders(folder);
    expect(await init(given, folder)).toContain("Installed hashicorp/vault v4.9.9");
    expect(await providersIn(given, folder)).toHaveLength(2);
  });

  test("a configuration variable that names a missing file only makes it warn, and with our variables not even that", async () => {
    const missing = { TF_CLI_CONFIG_FILE: join(root, "absent.tfrc") };
    const folder = stackFolder(`${terraform}-missing`);
    const inherited = await ensure({ terraform, env: { ...process.env, ...missing } });
    await inherited.linkProviders(folder);
    expect(await init(inherited, folder, missing)).toContain("absent.tfrc");
    expect(await init(inherited, folder, { ...missing, ...inherited.env })).not.toContain("absent.tfrc");
  });

  test("linked again after a provider changed under the same version, init does not trip over its old sums", async () => {
    const folder = stackFolder(`${terraform}-rebuilt`);
    await toolchain.linkProviders(folder);
    await init(toolchain, folder);
    const lock = join(folder, ".terraform.lock.hcl");
    writeFileSync(lock, readFileSync(lock, "utf8").replace(/h1:./g, "h1:!"));
    await expect(init(toolchain, folder)).rejects.toThrow(/checksum/i);
    writeFileSync(join(folder, "terraform.d", "linked-providers.json"), "[]");
    await toolchain.linkProviders(folder);
    await init(toolchain, folder);
    expect(await providersIn(toolchain, folder)).toHaveLength(2);
  });

  test("an existing mirror serves: nothing is linked, and init takes the providers from it", async () => {
    const mirror = join(root, `${terraform}-mirror`);
    const parts = {
      "hashicorp/vault": toolchain.providers.vault,
      "kreuzwerker/docker": toolchain.providers.docker,
    };
    for (const [address, part] of Object.entries(parts)) {
      const place = join(mirror, host, address, part?.version ?? "");
      mkdirSync(place, { recursive: true });
      symlinkSync(dirname(part?.path ?? ""), join(place, printPlatform(here)));
    }
    const config = join(root, `${terraform}.tfrc`);
    writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
    const mirrored = await ensure({ terraform, env: { ...process.env, TF_CLI_CONFIG_FILE: config } });
    expect(mirrored.providers.vault).toMatchObject({
      source: "mirror",
      path: expect.stringContaining(mirror),
    });

    const folder = stackFolder(`${terraform}-mirrored`);
    await mirrored.linkProviders(folder);
    expect(existsSync(join(folder, "terraform.d"))).toBe(false);
    const env = { TF_CLI_CONFIG_FILE: config, ...mirrored.env };
    await init(mirrored, folder, env);
    expect(await providersIn(mirrored, folder, env)).toHaveLength(2);
  });

  test("a configuration that shuts the linked providers out is overruled by our variables", async () => {
    const config = join(root, `${terraform}-direct.tfrc`);
    writeFileSync(config, 'provider_installation {\n  filesystem_mirror {\n    path = "/nowhere"\n  }\n}\n');
    const shut = await ensure({ terraform, env: { ...process.env, TF_CLI_CONFIG_FILE: config } });
    const folder = stackFolder(`${terraform}-shut`);
    await shut.linkProviders(folder);
    await expect(init(shut, folder, { TF_CLI_CONFIG_FILE: config })).rejects.toThrow();
    await init(shut, folder, shut.env);
    expect(await providersIn(shut, folder, shut.env)).toHaveLength(2);
  });
});

describe("openbao", () => {
  test("the binary is the pinned one and tells its version", async () => {
    const { engineBinary } = await ensure({ target: "process" });
    const { stdout } = await execa(engineBinary?.path ?? "", ["version"]);
    expect(stdout).toMatch(/^OpenBao v2\.7\.2 /);
    if (engineBinary?.source === "wheel") {
      const pin = wanted.openbao["2.7.2"]?.wheel?.platforms[printPlatform(here)];
      expect(await sha256Of(engineBinary.path)).toBe(pin?.binarySha256);
      expect(readFileSync(join(dirname(engineBinary.path), "LICENSE"), "utf8")).toContain(
        "Mozilla Public License",
      );
    }
  });

  test("the image serves without root, writable root file system or capabilities, on a fresh volume of its own", async () => {
    const { image } = await ensure();
    const status = await serveHardened(engine, image?.path ?? "");
    expect(status).toMatchObject({
      initialized: false,
      sealed: true,
      storage_type: "raft",
      version: "2.7.2",
    });
    const { stdout } = await execa("docker", [
      "image",
      "inspect",
      "--format",
      "{{json .Config}}",
      image?.path ?? "",
    ]);
    expect(stdout).not.toContain("-dev");
  });

  test("the doctor finds every part that a container needs", async () => {
    const rows = await examine({ engine, target: "container" });
    expect(rows.filter(({ state }) => state === "missing")).toEqual([]);
    expect(rows.find(({ part }) => part === "openbao image")).toMatchObject({ found: "2.7.2", state: "ok" });
  });
});
