import { type Entry, findEntry } from "./cache";
import { type ProviderInstallation, providerInstallation } from "./cli-config";
import { buildGoModule } from "./go-module";
import { findInMirrors } from "./mirror";
import { obtain, type Way } from "./obtain";
import type { Look, Tried } from "./part";
import { here, printPlatform } from "./platform";
import { moduleDirectory } from "./project";
import { fromEntry, fromMirror, givenProvider, type Provider } from "./provider";
import type { ProviderSpec } from "./provider-address";
import { networkMirrorWay, registryWay } from "./provider-registry";
import type { TerraformPart, TerraformProduct } from "./terraform-program";
import type { Workshop } from "./workshop";

/**
 * A provider: the one given by environment variable, else from the user's filesystem mirror, the cache, the user's
 * network mirror, the registry, or its Go module.
 * @throws GivenPartError, PartMissingError, HashMismatchError
 */
export async function ensureProvider(
  workshop: Workshop,
  spec: ProviderSpec,
  terraform: Promise<TerraformPart>,
): Promise<Provider> {
  const given = await givenProvider(workshop, spec);
  if (given) return given;
  const { product } = await terraform;
  const installation = await providerInstallation(workshop, product);
  const look = await lookForProvider(workshop, spec, product);
  if ("found" in look) return look.found;
  const { entry, cached } = await obtain(workshop, {
    part: spec.part,
    label: spec.label,
    wanted: spec.pin.range,
    platform: printPlatform(here),
    find: () => findInCache(workshop, spec),
    ways: [
      ...networkMirrors(workshop, spec, await terraform, installation),
      registryWay(workshop, spec, await terraform),
      moduleWay(workshop, spec),
    ],
    tried: look.tried,
    nextStep: `Run this once where there is a network and Go 1.25.8 or newer; or put the provider in a filesystem mirror, or name a binary with ${spec.variable}=/path/to/${spec.program}_v${spec.pin.version}.`,
  });
  return fromEntry(spec, entry, cached);
}

/** Looks only: at what the user names, at the mirrors of Terraform's configuration and in the cache. */
export async function lookForProvider(
  workshop: Workshop,
  spec: ProviderSpec,
  product: TerraformProduct,
): Promise<Look<Provider>> {
  const given = await givenProvider(workshop, spec);
  if (given) return { found: given };
  const tried: Tried[] = [{ way: spec.variable, why: "not set" }];
  const installation = await providerInstallation(workshop, product);
  if (installation) {
    const mirrored = await findInMirrors(installation, spec, product);
    if (mirrored) return { found: fromMirror(spec, mirrored) };
    tried.push({
      way: `the mirrors of ${installation.file}`,
      why: `none has ${spec.address} ${spec.pin.range}`,
    });
  }
  const entry = await findInCache(workshop, spec);
  if (entry) return { found: fromEntry(spec, entry, true) };
  tried.push({ way: "the cache", why: "not there" });
  return { tried };
}

function findInCache(workshop: Workshop, spec: ProviderSpec): Promise<Entry | undefined> {
  return findEntry(workshop, spec.part, spec.pin.range, printPlatform(here));
}

function networkMirrors(
  workshop: Workshop,
  spec: ProviderSpec,
  terraform: TerraformPart,
  installation: ProviderInstallation | undefined,
): Way[] {
  const mirrors = installation?.mirrors.filter((mirror) => mirror.kind === "network") ?? [];
  return mirrors.slice(0, 1).map(({ place }) => networkMirrorWay(workshop, spec, terraform, place));
}

function moduleWay(workshop: Workshop, spec: ProviderSpec): Way {
  const { module, version } = spec.pin;
  return {
    name: "its Go module",
    source: "go module",
    make: (folder) =>
      buildGoModule(
        workshop,
        {
          ...{
            label: spec.label,
            directory: moduleDirectory(module.directory),
            packagePath: spec.packagePath,
            version,
          },
          ...{ from: `${spec.packagePath}@${module.version}`, minutes: module.minutes, platform: here },
          ...{ binary: `${spec.program}_v${version}`, variables: spec.variables },
        },
        folder,
      ),
  };
}
