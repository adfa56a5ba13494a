import { isAbsolute, resolve } from "node:path";
import { satisfies } from "semver";
import { findEntry } from "./cache";
import { GivenPartError, PartMissingError } from "./failures";
import { buildGoModule } from "./go-module";
import { knownVersion } from "./known-binaries";
import { obtain, type Way } from "./obtain";
import { isExecutable, onPath } from "./on-path";
import type { Look, Part, Tried } from "./part";
import { here, printPlatform } from "./platform";
import { moduleDirectory } from "./project";
import { openTofuRelease } from "./release";
import { run } from "./run";
import { wanted } from "./wanted";
import type { Workshop } from "./workshop";

export type TerraformProduct = "terraform" | "opentofu";
export type TerraformPart = Part & { readonly product: TerraformProduct };

const programs: Record<TerraformProduct, string> = { terraform: "terraform", opentofu: "tofu" };
const names: Record<TerraformProduct, string> = { terraform: "Terraform", opentofu: "OpenTofu" };

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
    nextStep: `${nextStep} Or install Go, and OpenTofu is built from its module.`,
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

interface Asked {
  readonly product?: TerraformProduct | undefined;
  readonly path?: string;
  readonly variable?: string;
}

/** What the user wants, by flag or by environment: a product, or one program by its path or name. */
function wish(workshop: Workshop, product: TerraformProduct | undefined): Asked {
  for (const variable of ["STRONGROOM_TERRAFORM", "TERRAFORM_BINARY_NAME"]) {
    const text = workshop.env[variable];
    if (!text) continue;
    if (text === "terraform") return { product: product ?? "terraform" };
    if (text === "opentofu" || text === "tofu") return { product: product ?? "opentofu" };
    // A flag that asks for a product is nearer than an environment variable that names a program.
    return product ? { product } : { path: text, variable };
  }
  return { product };
}

async function givenTerraform(workshop: Workshop, text: string, variable = ""): Promise<TerraformPart> {
  const path = /[\\/]/.test(text) ? (isAbsolute(text) ? text : resolve(text)) : await onPath(workshop, text);
  const answer = path && (await isExecutable(path)) ? await askTerraform(workshop, path) : undefined;
  if (!path || !answer) {
    throw new GivenPartError(
      `${variable} names ${text}, which is neither Terraform nor OpenTofu.`,
      `Give the path of a terraform or tofu program, or one of the words terraform and opentofu; or unset ${variable}.`,
    );
  }
  if (!fits(answer)) {
    throw new GivenPartError(
      `${variable} names ${path}, which is ${names[answer.product]} ${answer.version}.`,
      `Name a version in the range ${wanted[answer.product].range}, or unset ${variable}.`,
    );
  }
  return terraformPart(answer, path, "given");
}

interface Answer {
  readonly product: TerraformProduct;
  readonly version: string;
}

/** Both print JSON with `terraform_version`; only the plain text tells the product. */
async function askTerraform(workshop: Workshop, path: string): Promise<Answer | undefined> {
  const known = await knownVersion(workshop, path, async () => {
    const outcome = await run(workshop, path, ["version"], {
      env: { CHECKPOINT_DISABLE: "1" },
      timeoutMs: 20_000,
    });
    const match = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(outcome.stdout);
    if (!match) return undefined;
    return { product: match[1] === "Terraform" ? "terraform" : "opentofu", version: match[2] as string };
  });
  return known as Answer | undefined;
}

function fits({ product, version }: Answer): boolean {
  return satisfies(version, wanted[product].range, { includePrerelease: true });
}

function terraformPart(answer: Answer, path: string, source: "PATH" | "given"): TerraformPart {
  const { product, version } = answer;
  return { name: product, wanted: wanted[product].range, version, path, source, cached: true, product };
}

function entryPart(entry: Awaited<ReturnType<typeof findEntry>> & object): TerraformPart {
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
