import { isAbsolute, resolve } from "node:path";
import { satisfies } from "semver";
import { GivenPartError } from "./failures";
import { knownVersion } from "./known-binaries";
import { isExecutable, onPath } from "./on-path";
import type { Part } from "./part";
import { run } from "./run";
import { wanted } from "./wanted";
import type { Workshop } from "./workshop";

export type TerraformProduct = "terraform" | "opentofu";
export type TerraformPart = Part & { readonly product: TerraformProduct };

/** What each is called on PATH. */
export const programs: Record<TerraformProduct, string> = { terraform: "terraform", opentofu: "tofu" };
const names: Record<TerraformProduct, string> = { terraform: "Terraform", opentofu: "OpenTofu" };

export interface Asked {
  readonly product?: TerraformProduct | undefined;
  readonly path?: string;
  readonly variable?: string;
}

/** What the user wants, by flag or by environment: a product, or one program by its path or name. */
export function wish(workshop: Workshop, product: TerraformProduct | undefined): Asked {
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

/** @throws GivenPartError when the program does not answer as Terraform or OpenTofu, or does not fit */
export async function givenTerraform(
  workshop: Workshop,
  text: string,
  variable = "",
): Promise<TerraformPart> {
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

export interface Answer {
  readonly product: TerraformProduct;
  readonly version: string;
}

/** Both print JSON with `terraform_version`; only the plain text tells the product. */
export async function askTerraform(workshop: Workshop, path: string): Promise<Answer | undefined> {
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

export function fits({ product, version }: Answer): boolean {
  return satisfies(version, wanted[product].range, { includePrerelease: true });
}

export function terraformPart(answer: Answer, path: string, source: "PATH" | "given"): TerraformPart {
  const { product, version } = answer;
  return { name: product, wanted: wanted[product].range, version, path, source, cached: true, product };
}
