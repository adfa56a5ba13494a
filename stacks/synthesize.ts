import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import type { Catalog } from "../catalog/catalog";
import { AccessStack } from "./access-stack";
import { catalogOf } from "./catalog-of";
import type { Deployment } from "./deployment";
import { ServerStack } from "./server-stack";
import { outputFolder, type StackFolder, stackFolders } from "./stack-folders";

export interface Synthesis {
  /** In the order in which they are applied. */
  readonly stacks: readonly StackFolder[];
  readonly catalog: Catalog;
}

export interface SynthesisOptions {
  /** Whether the catalog tells where each thing was declared, and each grant made. @default false, because it takes time */
  readonly places?: boolean;
}

/**
 * Writes the deployment's stacks and its catalog, `catalog.json`.
 * @throws DeclarationError when a declaration cannot be right
 */
export function synthesize(
  deployment: Deployment,
  outdir = outputFolder(),
  { places = false }: SynthesisOptions = {},
): Synthesis {
  const app = new App({ outdir });
  const server = deployment.target === "container" ? new ServerStack(app, deployment) : undefined;
  const access = new AccessStack(app, deployment, places);
  // Not as a cdktf validation, whose message advises to skip it.
  access.registry.checkComplete();
  if (server) access.addDependency(server);
  app.synth();

  const catalog = catalogOf(access, places);
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, "catalog.json"), `${JSON.stringify(catalog)}\n`);
  return { stacks: stackFolders(deployment, outdir), catalog };
}
