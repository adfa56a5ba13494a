import { belowArea } from "../../../policies/kv-areas";
import type { RevisionMount } from "../../model";

/** A place below a KV mount, without the `data/` of the API; may have wildcards. */
export interface Below {
  readonly mount: RevisionMount;
  readonly path: string;
}

/**
 * The place of secrets that a rule's path is about; `whole` for one that reaches a mount or several at large, its
 * configuration and its folders; `undefined` when it is about no KV mount.
 */
export function belowMount(mounts: readonly RevisionMount[], path: string): Below | "whole" | undefined {
  const bare = path.startsWith("/") ? path.slice(1) : path;
  if (/^(\*|\+(\/.*)?)$/.test(bare)) return "whole";
  const mount = mounts.find((each) => each.type === "kv" && bare.startsWith(each.path));
  if (!mount) return undefined;
  const rest = bare.slice(mount.path.length);
  const below = mount.kvVersion === 1 ? rest : belowArea(rest);
  return below === undefined || isFolder(below) ? "whole" : { mount, path: below };
}

function isFolder(below: string): boolean {
  return below === "" || below === "*" || below.endsWith("/");
}

/** The KV mount at this path. */
export function kvMountOf(mounts: readonly RevisionMount[], path: string): RevisionMount | undefined {
  return mounts.find((mount) => mount.path === path);
}
