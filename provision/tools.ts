import { printEngineId } from "../base/engine-id";
import { choicesFrom, type Deployment } from "../stacks/deployment";
import type { Environment } from "../stacks/environment";
import { imageName } from "../stacks/server-stack";
import { DockerUnreachableError } from "../toolchain/failures";
import { ensureToolchain, type Part, type Toolchain } from "../toolchain/toolchain";
import { isRecorded, resolveDeployment } from "./deployment-record";
import { tagImage } from "./docker";
import type { Outcome, ReportStep } from "./step";
import type { TerraformTool } from "./terraform-tool";

/** Where to run, and everything that it takes. */
export interface Tools {
  readonly deployment: Deployment;
  readonly toolchain: Toolchain;
}

/**
 * Finds the tools. Where no Docker engine answers, nobody asked for a container and none was made before, the engine runs as
 * a process instead, and says so.
 * @throws PartMissingError, DockerUnreachableError, UsageError, ConflictError
 */
export async function findTools(
  environment: Environment,
  signal: AbortSignal,
  report: ReportStep,
  progress: (text: string) => void,
): Promise<Outcome<Tools>> {
  const deployment = resolveDeployment(environment);
  try {
    return await toolsFor(deployment, signal, progress);
  } catch (error) {
    const free = choicesFrom().target === undefined && !isRecorded(deployment.instance);
    if (!(error instanceof DockerUnreachableError) || !free) throw error;
    report({
      kind: "note",
      text: `${error.what.replace(/\.$/, "")}: running ${printEngineId(deployment.engine)} as a process instead.`,
    });
    return toolsFor(
      resolveDeployment(environment, { ...choicesFrom(), target: "process" }),
      signal,
      progress,
    );
  }
}

async function toolsFor(
  deployment: Deployment,
  signal: AbortSignal,
  progress: (text: string) => void,
): Promise<Outcome<Tools>> {
  const target = deployment.target === "container" ? "container" : "process";
  const toolchain = await ensureToolchain({ engine: deployment.engine, target, signal }, ({ part, what }) =>
    progress(`${part}: ${what}`),
  );
  if (toolchain.image && toolchain.image.path !== imageName(deployment)) {
    await tagImage(toolchain.image.path, imageName(deployment));
  }
  const { terraform, providers, engineBinary, image } = toolchain;
  const parts = [terraform, providers.vault, providers.docker, image ?? engineBinary].filter(
    (part) => part !== undefined,
  );
  return {
    value: { deployment, toolchain },
    text: parts.map(describe).join(" · "),
    unchanged: parts.every((part) => part.cached) && isRecorded(deployment.instance),
  };
}

function describe(part: Part): string {
  return `${part.name} ${part.version} (${part.source}${part.cached && part.source !== "PATH" ? ", cached" : ""})`;
}

/** What Terraform needs of the toolchain. */
export function terraformTool(toolchain: Toolchain): TerraformTool {
  return {
    path: toolchain.terraform.path,
    env: toolchain.env,
    linkProviders: (directory) => toolchain.linkProviders(directory),
  };
}
