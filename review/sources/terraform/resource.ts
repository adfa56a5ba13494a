import type { Settings, Value } from "../inventory/value";

/** One resource or data source, whichever JSON it stood in. */
export interface TerraformResource {
  /** `vault_policy.dotmac`, `module.team.vault_policy.all["a"]`. */
  readonly address: string;
  readonly type: string;
  readonly values: Settings;
}

/** What cannot be followed, in one sentence; `content` is what is not understood, so that a change of it shows. */
export interface TerraformDoubt {
  readonly reason: string;
  readonly content?: Value;
}

/** What a Terraform file holds that can matter here, and what in it cannot be followed. */
export interface TerraformResources {
  readonly resources: readonly TerraformResource[];
  readonly doubts: readonly TerraformDoubt[];
}
