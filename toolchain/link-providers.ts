import { mkdir, readFile, readlink, rm, stat, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { executable, here, printPlatform } from "./platform";
import type { Provider } from "./provider";
import { registryHosts } from "./provider-address";

/**
 * Makes a stack's folder a mirror of its own: `<stack>/terraform.d/plugins/<host>/<namespace>/<name>/<version>/<os_arch>`
 * is where `terraform init` looks when it runs in that folder, without any configuration
 * (https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories). With links, so
 * that nothing is copied. Safe to repeat; another version takes the place of the old one.
 */
export async function linkInto(stackDir: string, providers: readonly Provider[]): Promise<void> {
  const links = providers.flatMap((provider) =>
    Object.values(registryHosts).map((host) => linkOf(stackDir, host, provider)),
  );
  const linked = await Promise.all(links.map(place));
  const stamp = join(stackDir, "terraform.d", "linked-providers.json");
  const now = `${JSON.stringify(await Promise.all(providers.map(identity)), null, 2)}\n`;
  const before = await readFile(stamp, "utf8").catch(() => "");
  if (now === before && !linked.includes(true)) return;
  await forgetSelections(stackDir, providers);
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(stamp, now);
}

/** A provider built anew has the same version and path but other sums: this tells the two apart. */
async function identity({ spec, part }: Provider): Promise<Record<string, string | number>> {
  const { size, mtimeMs } = await stat(part.path);
  return {
    address: spec.address,
    version: part.version,
    path: part.path,
    size,
    mtimeMs,
    sha256: part.sha256 ?? "",
  };
}

interface Link {
  /** The folder of all versions of one provider. */
  readonly provider: string;
  readonly from: string;
  readonly to: string;
  readonly type: "dir" | "file";
}

function linkOf(stackDir: string, host: string, { spec, part, package: { kind, path } }: Provider): Link {
  const provider = join(stackDir, "terraform.d", "plugins", host, ...spec.address.split("/"));
  const platform = printPlatform(here);
  if (kind === "archive") return { provider, from: join(provider, basename(path)), to: path, type: "file" };
  const folder = join(provider, part.version, platform);
  if (kind === "folder") return { provider, from: folder, to: path, type: "dir" };
  return {
    provider,
    from: join(folder, executable(`${spec.program}_v${part.version}`)),
    to: path,
    type: "file",
  };
}

/** @returns whether anything is different from before */
async function place({ provider, from, to, type }: Link): Promise<boolean> {
  if ((await readlink(from).catch(() => undefined)) === to) return false;
  await rm(provider, { recursive: true, force: true });
  await mkdir(dirname(from), { recursive: true });
  await symlink(to, from, type === "dir" && process.platform === "win32" ? "junction" : type);
  return true;
}

/**
 * Terraform's lock file in a stack's folder is made by `init` and records the sums of the providers of then; with
 * others it would refuse to start. The folder is generated, so the record goes with what it recorded.
 */
async function forgetSelections(stackDir: string, providers: readonly Provider[]): Promise<void> {
  const path = join(stackDir, ".terraform.lock.hcl");
  const text = await readFile(path, "utf8").catch(() => "");
  if (!providers.some(({ spec }) => text.includes(`/${spec.address}"`))) return;
  await rm(join(stackDir, ".terraform", "providers"), { recursive: true, force: true });
  await rm(path, { force: true });
}
