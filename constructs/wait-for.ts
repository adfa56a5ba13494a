import type { TerraformResource } from "cdktf";

/**
 * Makes a resource wait for others of the same stack, beside those it waits for already. It is what `dependsOn` in a
 * resource's config comes to, without the token that cdktf makes there of each address, with a stack trace of its own: a
 * third of the time that a role takes.
 */
export function waitFor(resource: TerraformResource, others: readonly TerraformResource[]): void {
  const addresses = others.map(
    ({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`,
  );
  resource.dependsOn = [...(resource.dependsOn ?? []), ...addresses];
}
