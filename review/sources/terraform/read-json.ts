import { OperationalError } from "../../../base/errors";
import { DEFAULT_ENGINE } from "../../../policies/dialect";
import type { AccessRevision } from "../../model";
import { assemble } from "../inventory/assemble";
import type { ReadRevisionOptions } from "../options";
import { resourcesOfConfiguration, type TerraformConfiguration } from "./configuration";
import { inventoryOfTerraform } from "./inventory-of";
import type { TerraformResources } from "./resource";
import { resourcesOfPlan, resourcesOfState, type ShownPlan, type ShownState } from "./shown";

/**
 * A plan, a state or a configuration of Terraform's, told apart by what is in it.
 * @param file as the reader named it
 * @throws OperationalError for any other JSON, and for a format of another major version
 */
export function revisionOfTerraform(
  json: unknown,
  file: string,
  { engine, defaultEngine }: ReadRevisionOptions,
): AccessRevision {
  const inventory = inventoryOfTerraform(resourcesOf(json, file), { file });
  return assemble(inventory, file, engine ?? defaultEngine ?? DEFAULT_ENGINE);
}

/** What the JSON says of itself. */
interface Marked {
  readonly format_version?: unknown;
  readonly planned_values?: unknown;
  readonly values?: unknown;
  readonly resource?: unknown;
  readonly terraform?: unknown;
  readonly version?: unknown;
  readonly lineage?: unknown;
}

function resourcesOf(json: unknown, file: string): TerraformResources {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw unknownJson(file);
  const marked = json as Marked;
  if (marked.lineage !== undefined && marked.version !== undefined) {
    throw new OperationalError(
      `${file} is Terraform's own state file, whose format changes between versions.`,
      "Write it out with `terraform show -json > state.json` and give that.",
    );
  }
  if (typeof marked.format_version === "string") {
    checkFormat(marked.format_version, file, marked.planned_values !== undefined ? "plan" : "state");
    return marked.planned_values !== undefined
      ? resourcesOfPlan(json as ShownPlan)
      : resourcesOfState(json as ShownState);
  }
  if (marked.resource !== undefined || marked.terraform !== undefined) {
    return resourcesOfConfiguration(json as TerraformConfiguration);
  }
  throw unknownJson(file);
}

/** Formats of Terraform >= 1.1 and of every OpenTofu: within a major version nothing is taken away. */
function checkFormat(version: string, file: string, what: "plan" | "state"): void {
  if (/^1(\.|$)/.test(version)) return;
  throw new OperationalError(
    `${file} is a ${what} of format ${version}, and formats 1.x are read.`,
    "Write it out with `terraform show -json` of Terraform 1.1 or newer, or of OpenTofu.",
  );
}

function unknownJson(file: string): OperationalError {
  return new OperationalError(
    `${file} is neither a plan nor a state nor a configuration of Terraform's.`,
    "Give what `terraform show -json` prints for a plan or a state, or a cdk.tf.json.",
  );
}
