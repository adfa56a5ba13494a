import type { Settings, Value } from "../inventory/value";

/** The type of an auth method that Terraform only looks up. */
export const LOOKED_UP_METHOD = "data.vault_auth_backend";

/** One resource or data source, whichever JSON it stood in. */
export interface TerraformResource {
  /** `vault_policy.dotmac`, `module.team.vault_policy.all["a"]`. */
  readonly address: string;
  /** `data.vault_auth_backend` for the one kind of data source that matters: it says what aliases call a method. */
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
