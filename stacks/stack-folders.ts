import { join } from "node:path";
import type { Deployment } from "./deployment";

/** One stack as it lies on disk. */
export interface StackFolder {
  readonly id: string;
  readonly kind: "server" | "access";
  /** Where its cdk.tf.json is, and where Terraform runs. */
  readonly directory: string;
}

/** The folders of a deployment's stacks, in the order in which they are applied. */
export function stackFolders(deployment: Deployment, outdir = outputFolder()): StackFolder[] {
  const kinds = deployment.target === "container" ? (["server", "access"] as const) : (["access"] as const);
  return kinds.map((kind) => {
    const id = `${deployment.environment.name}-${kind}`;
    return { id, kind, directory: join(outdir, "stacks", id) };
  });
}

/** Where cdktf wants its output. */
export function outputFolder(): string {
  return process.env.CDKTF_OUTDIR ?? "cdktf.out";
}
