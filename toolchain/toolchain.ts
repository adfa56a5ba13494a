import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineId } from "../base/engine-id";
import { namesMissingConfig, providerInstallation } from "./cli-config";
import { ensureEngineBinary } from "./engine-binary";
import { ensureEngineImage } from "./engine-image";
import { linkInto } from "./link-providers";
import type { Part, Report } from "./part";
import { dockerProvider, vaultProvider } from "./provider-address";
import { ensureProvider } from "./providers";
import { ensureTerraform } from "./terraform";
import type { TerraformPart, TerraformProduct } from "./terraform-program";
import { openWorkshop, type Workshop } from "./workshop";

export type { Part, Report, ToolProgress } from "./part";

export interface ToolchainRequest {
  readonly engine: EngineId;
  readonly target: "container" | "process";
  /** @default what STRONGROOM_TERRAFORM or TERRAFORM_BINARY_NAME says, else whichever is found, Terraform first */
  readonly terraform?: TerraformProduct;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** The tools for one run, all of them ready. */
export interface Toolchain {
  readonly terraform: TerraformPart;
  /** The docker provider only for the target `container`. */
  readonly providers: { readonly vault: Part; readonly docker?: Part };
  /** For the target `process`, and where the image was built here around it. */
  readonly engineBinary?: Part;
  /** For the target `container`. */
  readonly image?: Part;
  /** To be set over the environment when Terraform is run. */
  readonly env: Record<string, string>;
  /**
   * Puts the providers where `terraform init` finds them offline when it runs IN `stackDir` (not with `-chdir`, which
   * Terraform resolves too late for this): without any variable, so that `npx cdktf deploy` finds them too. Does
   * nothing where the mirrors of the user's own configuration serve them. Safe to repeat.
   */
  linkProviders(stackDir: string): Promise<void>;
}

/**
 * Finds, fetches or builds every tool that a run needs (docs/toolchain.md tells the order), each checked by its sha256
 * or go.sum. A second run at the same time waits for the first; an interrupted one leaves nothing half-made.
 * @param report called with each piece of work that takes time; not called when everything is at hand
 * @throws PartMissingError, HashMismatchError, GivenPartError, DockerUnreachableError, InterruptedError
 */
export async function ensureToolchain(request: ToolchainRequest, report: Report): Promise<Toolchain> {
  const failure = new AbortController();
  const signals = [failure.signal, ...(request.signal ? [request.signal] : [])];
  const workshop = openWorkshop(report, { env: request.env, signal: AbortSignal.any(signals) });
  const inContainer = request.target === "container";
  const terraform = ensureTerraform(workshop, request.terraform);
  const [tool, vault, docker, engine] = await allOrFirstFailure(failure, [
    terraform,
    ensureProvider(workshop, vaultProvider, terraform),
    inContainer ? ensureProvider(workshop, dockerProvider, terraform) : undefined,
    inContainer
      ? ensureEngineImage(workshop, request.engine)
      : ensureEngineBinary(workshop, request.engine).then((binary) => ({ binary, image: undefined })),
  ] as const);

  const providers = docker ? [vault, docker] : [vault];
  const served = providers.every((provider) => provider.servedByUser);
  return {
    terraform: tool,
    providers: { vault: vault.part, ...(docker ? { docker: docker.part } : {}) },
    ...(engine.binary ? { engineBinary: engine.binary } : {}),
    ...(engine.image ? { image: engine.image } : {}),
    env: await environment(workshop, tool, served),
    linkProviders: (stackDir) => (served ? Promise.resolve() : linkInto(stackDir, providers)),
  };
}

/** The first failure stops the other work, and is told once that has cleaned up behind itself. */
async function allOrFirstFailure<const Work extends readonly unknown[]>(
  failure: AbortController,
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  const first = Promise.all(work);
  first.catch(() => failure.abort());
  await Promise.allSettled(work);
  return first as never;
}

async function environment(
  workshop: Workshop,
  terraform: TerraformPart,
  served: boolean,
): Promise<Record<string, string>> {
  // A plugin cache would keep links into whichever stack's folder filled it first.
  const quiet = { CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0", TF_PLUGIN_CACHE_DIR: "" };
  if (served) return quiet;
  // A provider_installation block that does not lead to every provider would keep Terraform from the linked ones.
  const installation = await providerInstallation(workshop, terraform.product);
  if (installation) return { ...quiet, TF_CLI_CONFIG_FILE: await ownConfig(workshop) };
  return (await namesMissingConfig(workshop, terraform.product))
    ? { ...quiet, TF_CLI_CONFIG_FILE: "" }
    : quiet;
}

/** Says outright what is otherwise implied: a stack's own folder is the mirror. Terraform runs in that folder. */
async function ownConfig(workshop: Workshop): Promise<string> {
  const path = join(workshop.cache, "linked-providers.tfrc");
  await mkdir(workshop.cache, { recursive: true });
  await writeFile(
    path,
    'provider_installation {\n  filesystem_mirror {\n    path = "terraform.d/plugins"\n  }\n}\n',
  );
  return path;
}
