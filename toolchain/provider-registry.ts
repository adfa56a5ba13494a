import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { answers } from "./http";
import type { Way } from "./obtain";
import { here, printPlatform } from "./platform";
import { type ProviderSpec, registryHosts } from "./provider-address";
import { run } from "./run";
import { openScratch } from "./scratch";
import type { TerraformPart } from "./terraform-program";
import type { Workshop } from "./workshop";

/**
 * The Terraform or OpenTofu registry, asked first with a short limit, so that a machine that does not reach it loses
 * three seconds at most.
 */
export function registryWay(workshop: Workshop, spec: ProviderSpec, terraform: TerraformPart): Way {
  const host = registryHosts[terraform.product];
  return {
    name: terraform.product === "terraform" ? "the Terraform Registry" : "the OpenTofu Registry",
    source: "registry",
    make: async (folder) => {
      const failure = await answers(workshop, `https://${host}/.well-known/terraform.json`);
      if (failure) return failure;
      const config = join(folder, "..", "registry.tfrc");
      await writeFile(config, "provider_installation {\n  direct {}\n}\n");
      return install(workshop, spec, terraform, folder, { TF_CLI_CONFIG_FILE: config });
    },
  };
}

/** The network mirror of the user's own configuration, which Terraform reads itself. */
export function networkMirrorWay(
  workshop: Workshop,
  spec: ProviderSpec,
  terraform: TerraformPart,
  place: string,
): Way {
  return {
    name: `the network mirror ${place}`,
    source: "mirror",
    make: (folder) => install(workshop, spec, terraform, folder, {}),
  };
}

/** `init` in an empty folder: Terraform chooses the platform, downloads, checks sums and signatures and unpacks. */
async function install(
  workshop: Workshop,
  spec: ProviderSpec,
  terraform: TerraformPart,
  folder: string,
  env: Record<string, string>,
) {
  const version = spec.pin.registryVersion;
  workshop.report({ part: spec.label, what: `downloading version ${version}` });
  const probe = await openScratch(workshop, spec.part);
  try {
    const name = spec.address.split("/")[1] as string;
    const configuration = {
      terraform: { required_providers: { [name]: { source: spec.address, version } } },
    };
    await writeFile(join(probe, "main.tf.json"), JSON.stringify(configuration));
    const outcome = await run(
      workshop,
      terraform.path,
      ["init", "-backend=false", "-input=false", "-no-color"],
      {
        cwd: probe,
        env: {
          ...{ CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_PLUGIN_CACHE_DIR: "", TF_DATA_DIR: "" },
          ...{ TF_REGISTRY_CLIENT_TIMEOUT: "10", TF_REGISTRY_DISCOVERY_RETRY: "1", ...env },
        },
        timeoutMs: 10 * 60_000,
      },
    );
    if (!outcome.ok) return { why: outcome.why };
    const host = registryHosts[terraform.product];
    const unpacked = join(probe, ".terraform", "providers", host, spec.address, version, printPlatform(here));
    await cp(unpacked, folder, { recursive: true, dereference: true });
    const main = (await readdir(folder)).find((file) => file.startsWith(spec.program));
    return main
      ? { version, main, from: `${host}/${spec.address} ${version}` }
      : { why: `no ${spec.program} in the package` };
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}
