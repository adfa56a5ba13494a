import { DEFAULT_ENGINE } from "../../../policies/dialect";
import type { AccessRevision } from "../../model";
import { assemble } from "../inventory/assemble";
import type { ReadRevisionOptions, SynthesizedProject } from "../options";
import { resourcesOfConfiguration, type TerraformConfiguration } from "../terraform/configuration";
import { inventoryOfTerraform } from "../terraform/inventory-of";
import type { TerraformResources } from "../terraform/resource";
import { withCatalog } from "./named";

/** What a project's synthesized stacks and its catalog say together. */
export function revisionOfProject(
  { stacks, catalog }: SynthesizedProject,
  label: string,
  { engine, defaultEngine }: ReadRevisionOptions,
): AccessRevision {
  const read = stacks.map(({ json }) => resourcesOfConfiguration(json as TerraformConfiguration));
  const all: TerraformResources = {
    resources: read.flatMap(({ resources }) => resources),
    doubts: read.flatMap(({ doubts }) => doubts),
  };
  const decides = engine ?? catalog?.engine ?? defaultEngine ?? DEFAULT_ENGINE;
  const revision = assemble(inventoryOfTerraform(all), label, decides);
  return catalog ? withCatalog(revision, catalog) : revision;
}
