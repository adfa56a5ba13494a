import { LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment";

/**
 * A stack whose state lies in the project's `state/`, by a path relative to where Terraform runs (cdktf.out/stacks/<id>):
 * cdktf's own default is an absolute path, which would differ in every clone.
 */
export abstract class LocalStateStack extends TerraformStack {
  protected constructor(
    scope: Construct,
    kind: "server" | "access",
    readonly deployment: Deployment,
  ) {
    super(scope, `${deployment.environment.name}-${kind}`);
    new LocalBackend(this, { path: `../../../state/${deployment.instance}-${kind}.tfstate` });
  }

  /** Narrows or widens what the generated bindings pin: both ends of each range are tested (docs/toolchain.md). */
  protected requireProvider(name: string, source: string, version: string): void {
    this.addOverride(`terraform.required_providers.${name}`, { source, version });
  }
}
