import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

export interface LocalStepProps {
  /** What has to change for the command to be run again. */
  readonly triggers: Readonly<Record<string, string>>;
  /** Run in the project's folder. It must find out by itself what is left to do. */
  readonly command: string;
  /** What it has to wait for. @default - what the triggers refer to */
  readonly after?: readonly TerraformResource[];
}

/**
 * A command of ours as a step of a stack: `terraform_data` with a `local-exec`. cdktf's own class for it runs `terraform version`
 * at every synthesis; which Terraform is used is the toolchain's business.
 */
export class LocalStep extends TerraformResource {
  constructor(scope: Construct, id: string, props: LocalStepProps) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      provisioners: [{ type: "local-exec", workingDir: "../../..", command: props.command }],
      ...(props.after ? { dependsOn: [...props.after] } : {}),
    });
    this.addOverride("triggers_replace", props.triggers);
  }
}
