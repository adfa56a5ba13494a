import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { type ConfigBlock, parseConfig } from "./hcl-config";
import type { TerraformProduct } from "./terraform-program";
import type { Workshop } from "./workshop";

/** One `filesystem_mirror` or `network_mirror` of the user's configuration, in its order. */
export interface Mirror {
  readonly kind: "filesystem" | "network";
  /** A folder, or a URL. */
  readonly place: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** How the user's own configuration file tells Terraform to install providers. */
export interface ProviderInstallation {
  readonly file: string;
  readonly mirrors: readonly Mirror[];
}

/**
 * The `provider_installation` block that Terraform would obey: of the file that TF_CLI_CONFIG_FILE names, else of the
 * one in the home folder. A file that does not exist counts as none, as it does for Terraform (it only warns).
 * @returns undefined when there is none; then Terraform looks in the stack's own folder and asks the registry
 */
export async function providerInstallation(
  workshop: Workshop,
  product: TerraformProduct,
): Promise<ProviderInstallation | undefined> {
  for (const file of configFiles(workshop, product)) {
    const text = await readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const block = readBlock(text);
    return block && { file, mirrors: mirrorsOf(block) };
  }
  return undefined;
}

/** True when TF_CLI_CONFIG_FILE names a file that is not there: Terraform would warn at each start. */
export async function namesMissingConfig(workshop: Workshop, product: TerraformProduct): Promise<boolean> {
  const named = workshop.env.TF_CLI_CONFIG_FILE;
  if (!named) return false;
  const there = async (file: string) => (await readFile(file).catch(() => undefined)) !== undefined;
  if (await there(named)) return false;
  const defaults = configFiles({ ...workshop, env: { ...workshop.env, TF_CLI_CONFIG_FILE: "" } }, product);
  return !(await Promise.all(defaults.map(there))).includes(true);
}

function configFiles(workshop: Workshop, product: TerraformProduct): string[] {
  const { env } = workshop;
  if (env.TF_CLI_CONFIG_FILE) return [env.TF_CLI_CONFIG_FILE];
  if (process.platform === "win32") {
    const folder = env.APPDATA ?? homedir();
    return product === "opentofu"
      ? [join(folder, "tofu.rc"), join(folder, "terraform.rc")]
      : [join(folder, "terraform.rc")];
  }
  const home = env.HOME ?? homedir();
  const tofu = [
    join(home, ".tofurc"),
    join(env.XDG_CONFIG_HOME || join(home, ".config"), "opentofu", "tofurc"),
  ];
  return [...(product === "opentofu" ? tofu : []), join(home, ".terraformrc")];
}

/** A file that cannot be read is Terraform's to complain about, with its own words. */
function readBlock(text: string): ConfigBlock | undefined {
  try {
    return parseConfig(text).blocks.find((block) => block.type === "provider_installation");
  } catch {
    return undefined;
  }
}

function mirrorsOf(block: ConfigBlock): Mirror[] {
  return block.blocks.flatMap((method): Mirror[] => {
    const kind =
      method.type === "filesystem_mirror"
        ? "filesystem"
        : method.type === "network_mirror"
          ? "network"
          : undefined;
    const place = method.attributes[kind === "network" ? "url" : "path"];
    if (!kind || typeof place !== "string") return [];
    return [{ kind, place, include: strings(method, "include"), exclude: strings(method, "exclude") }];
  });
}

function strings(block: ConfigBlock, name: string): string[] {
  const value = block.attributes[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/**
 * Whether a mirror is asked for a provider: `include` and `exclude` are addresses whose parts may be `*`.
 * @param address `host/namespace/name`
 */
export function mirrorServes(mirror: Mirror, address: string, defaultHost: string): boolean {
  const matches = (pattern: string) => matchesAddress(pattern, address, defaultHost);
  const included = mirror.include.length === 0 || mirror.include.some(matches);
  return included && !mirror.exclude.some(matches);
}

/** `vault` alone is `hashicorp/vault`; without a host it is the default one. */
function matchesAddress(pattern: string, address: string, defaultHost: string): boolean {
  const parts = pattern.split("/");
  const full =
    parts.length === 3 ? parts : [defaultHost, ...(parts.length === 2 ? parts : ["hashicorp", pattern])];
  return address.split("/").every((part, index) => full[index] === "*" || full[index] === part);
}
