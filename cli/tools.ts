import { parseEngineId } from "../base/engine-id";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { ensureToolchain, type ToolchainRequest } from "../toolchain/toolchain";
import { interruptible } from "./interrupt";

/** `strongroom tools`: fetches or builds what is missing, so that the next run needs no network. */
export async function toolsCommand(options: {
  readonly opentofu?: boolean;
  readonly vault?: boolean;
}): Promise<void> {
  const { engine, target } = resolveDeployment(environmentNamed());
  const request: ToolchainRequest = {
    engine: options.vault ? parseEngineId("vault@1.21.1") : engine,
    target: target === "container" ? "container" : "process",
    ...(options.opentofu ? { terraform: "opentofu" } : {}),
  };
  const toolchain = await interruptible((signal) =>
    ensureToolchain({ ...request, signal }, ({ part, what }) => process.stdout.write(`${part}: ${what}\n`)),
  );
  const { terraform, providers, engineBinary, image } = toolchain;
  for (const part of [terraform, providers.vault, providers.docker, engineBinary, image]) {
    if (part) process.stdout.write(`${part.name} ${part.version}: ${part.path} (${part.source})\n`);
  }
}
