import type { TerraformResource } from "cdktf";

/**
 * Makes a resource wait for others of the same stack. cdktf's own `dependsOn` makes a token with a stack trace for each of them,
 * several times over; here their addresses are written as they are.
 */
export function waitFor(resource: TerraformResource, others: readonly TerraformResource[]): void {
  resource.addOverride(
    "depends_on",
    others.map(
      ({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`,
    ),
  );
}
