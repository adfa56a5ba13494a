import { join } from "node:path";
import { homeDirectory } from "../base/places";
import { dialectOf } from "../engine/dialects";
import type { Deployment } from "./deployment";

/** Where the server keeps its data, its audit log and its configuration, as the server itself sees them. */
export interface ServerDirectories {
  readonly data: string;
  readonly logs: string;
  readonly config: string;
}

/** In a container, the engine's usual places on volumes; as a process, folders of the instance in the operator's home. */
export function serverDirectories(deployment: Deployment): ServerDirectories {
  if (deployment.target !== "process") return dialectOf(deployment.engine).directories;
  const root = join(homeDirectory(), deployment.instance, "server");
  return { data: join(root, "data"), logs: join(root, "logs"), config: join(root, "config") };
}
