import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { rcompare, satisfies } from "semver";
import { type Mirror, mirrorServes, type ProviderInstallation } from "./cli-config";
import { here, printPlatform } from "./platform";
import { type ProviderSpec, registryHosts } from "./provider-address";
import type { TerraformProduct } from "./terraform-program";

/** Where a filesystem mirror has a provider: an unpacked folder with the program, or the packed archive. */
export interface Mirrored {
  readonly version: string;
  readonly path: string;
  readonly packed: boolean;
}

/** The newest fitting version of a provider in the filesystem mirrors of the user's configuration. */
export async function findInMirrors(
  installation: ProviderInstallation,
  spec: ProviderSpec,
  product: TerraformProduct,
): Promise<Mirrored | undefined> {
  const host = registryHosts[product];
  const mirrors = installation.mirrors.filter(
    (mirror) => mirror.kind === "filesystem" && mirrorServes(mirror, `${host}/${spec.address}`, host),
  );
  const found = (await Promise.all(mirrors.map((mirror) => listMirror(mirror, host, spec)))).flat();
  return found
    .filter(({ version }) => satisfies(version, spec.pin.range))
    .sort((one, other) => rcompare(one.version, other.version))[0];
}

/** The two layouts of https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror */
async function listMirror(mirror: Mirror, host: string, spec: ProviderSpec): Promise<Mirrored[]> {
  const folder = join(mirror.place, host, ...spec.address.split("/"));
  const platform = printPlatform(here);
  const names = await readdir(folder).catch(() => [] as string[]);
  const found = await Promise.all(
    names.map(async (name): Promise<Mirrored[]> => {
      const archive = new RegExp(`^${spec.program}_(.+)_${platform}\\.zip$`).exec(name);
      if (archive) return [{ version: archive[1] as string, path: join(folder, name), packed: true }];
      const unpacked = join(folder, name, platform);
      const programs = (await readdir(unpacked).catch(() => [] as string[])).filter((file) =>
        file.startsWith(spec.program),
      );
      return programs[0] ? [{ version: name, path: join(unpacked, programs[0]), packed: false }] : [];
    }),
  );
  return found.flat();
}
