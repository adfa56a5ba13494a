/** The executable, and what it takes to run it. */
export interface TerraformTool {
  /** Terraform's or OpenTofu's executable. */
  readonly path: string;
  /** What has to be in its environment, beside the process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Puts the providers where `terraform init` finds them. */
  linkProviders(directory: string): Promise<void>;
}
