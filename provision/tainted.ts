import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly name: string;
    readonly mode: string;
    readonly instances?: readonly { readonly status?: string }[];
  }[];
}

/** What is never destroyed (`prevent_destroy`), and so can never be replaced either. */
const KEPT = ["docker_volume", "vault_mount"];

/**
 * The addresses of resources that hold data and whose creation was cut off. Terraform marks such a resource to be replaced, and
 * then refuses to, because it must not be destroyed. Volume and mount are made by one request each: what a refresh still finds
 * is whole, what it does not find is made anew.
 * @param directory the folder of a synthesized stack with a local backend
 */
export async function taintedData(directory: string): Promise<string[]> {
  const stack = JSON.parse(await readFile(join(directory, "cdk.tf.json"), "utf8"));
  const path = join(directory, stack.terraform?.backend?.local?.path ?? "terraform.tfstate");
  if (!existsSync(path)) return [];
  const { resources = [] } = JSON.parse(await readFile(path, "utf8")) as State;
  return resources
    .filter(({ type, mode }) => mode === "managed" && KEPT.includes(type))
    .filter(({ instances = [] }) => instances.some(({ status }) => status === "tainted"))
    .map(({ type, name }) => `${type}.${name}`);
}
