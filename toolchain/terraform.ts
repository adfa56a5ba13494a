import { type Entry, findEntry } from "./cache";
import { PartMissingError } from "./failures";
import { buildGoModule } from "./go-module";
import { obtain, type Way } from "./obtain";
import { onPath } from "./on-path";
import type { Look, Tried } from "./part";
import { here, printPlatform } from "./platform";
import { moduleDirectory } from "./project";
import { openTofuRelease } from "./release";
import {
  askTerraform,
  fits,
  givenTerraform,
  programs,
  type TerraformPart,
  type TerraformProduct,
  terraformPart,
  wish,
} from "./terraform-program";
import { wanted } from "./wanted";
import type { Workshop } from "./workshop";

/**
 * Terraform or OpenTofu: what the user names, else Terraform and then OpenTofu on PATH, else OpenTofu from the cache,
 * its release or its Go module. Terraform itself is never fetched: its licence leaves that to the user.
 * @throws GivenPartError when what the user named does not answer or is too old; PartMissingError when none can be had
 */
export async function ensureTerraform(
  workshop: Workshop,
  product: TerraformProduct | undefined,
): Promise<TerraformPart> {
  const look = await lookForTerraform(workshop, product);
  if ("found" in look) return look.found;
  const nextStep =
    "Install Terraform (1.5 or newer) or OpenTofu and put it on PATH, or name one with STRONGROOM_TERRAFORM=/path/to/it.";
  if (wish(workshop, product).product === "terraform") {
    throw new PartMissingError(
      "Terraform",
      wanted.terraform.range,
      look.tried,
      `${nextStep} OpenTofu can also be built here: STRONGROOM_TERRAFORM=opentofu.`,
    );
  }
  const { entry, cached } = await obtain(workshop, {
    part: "opentofu",
    label: "OpenTofu",
    wanted: wanted.opentofu.range,
    platform: printPlatform(here),
    find: () => findEntry(workshop, "opentofu", wanted.opentofu.range, printPlatform(here)),
    ways: [openTofuRelease(workshop, wanted.opentofu.version, here), openTofuModule(workshop)],
    tried: look.tried,
    nextStep: `${nextStep} Or run this once where there is a network, and Go to build OpenTofu with.`,
  });
  return { ...entryPart(entry), cached };
}

/** Looks only: at what the user names, at PATH and in the cache. */
export async function lookForTerraform(
  workshop: Workshop,
  product: TerraformProduct | undefined,
): Promise<Look<TerraformPart>> {
  const asked = wish(workshop, product);
  if (asked.path !== undefined) return { found: await givenTerraform(workshop, asked.path, asked.variable) };
  const tried: Tried[] = [];
  const products: TerraformProduct[] = asked.product ? [asked.product] : ["terraform", "opentofu"];
  for (const candidate of products) {
    const way = `${programs[candidate]} on PATH`;
    const path = await onPath(workshop, programs[candidate]);
    if (!path) {
      tried.push({ way, why: "not there" });
      continue;
    }
    const answer = await askTerraform(workshop, path);
    if (answer && fits(answer)) return { found: terraformPart(answer, path, "PATH") };
    tried.push({ way, why: answer ? `${path} is ${answer.version}` : `${path} does not tell its version` });
  }
  if (asked.product !== "terraform") {
    const entry = await findEntry(workshop, "opentofu", wanted.opentofu.range, printPlatform(here));
    if (entry) return { found: entryPart(entry) };
    tried.push({ way: "OpenTofu in the cache", why: "not there" });
  }
  return { tried };
}

function entryPart(entry: Entry): TerraformPart {
  const { version, main: path, source, sha256 } = entry;
  return {
    name: "opentofu",
    wanted: wanted.opentofu.range,
    version,
    path,
    source,
    cached: true,
    sha256,
    product: "opentofu",
  };
}

function openTofuModule(workshop: Workshop): Way {
  const { module, version } = wanted.opentofu;
  const packagePath = "github.com/opentofu/opentofu/cmd/tofu";
  return {
    name: "its Go module",
    source: "go module",
    make: (folder) =>
      buildGoModule(
        workshop,
        {
          ...{ label: "OpenTofu", directory: moduleDirectory(module.directory), packagePath, version },
          ...{
            from: `${packagePath}@${module.version}`,
            minutes: module.minutes,
            binary: "tofu",
            platform: here,
          },
          variables: { "github.com/opentofu/opentofu/version.dev": "no" },
        },
        folder,
      ),
  };
}
