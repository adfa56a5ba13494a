import type { Capability } from "./capability";
import type { KvIntent } from "./kv-intents";

type Meant = { readonly [capability in Capability]?: KvIntent };

/** What each capability is for, by the area of KV version 2. Others do nothing there: no operation asks for them. */
const AREAS: ReadonlyMap<string, Meant> = new Map<string, Meant>([
  ["data", { read: "read-values", create: "write", update: "write", patch: "patch", delete: "soft-delete" }],
  // The names of a secret's fields.
  ["subkeys", { read: "see-names" }],
  // OpenBao lists the same names here, with the metadata of each (its KV API, "list secrets with detailed metadata").
  ["detailed-metadata", { list: "see-names", scan: "see-names" }],
  [
    "metadata",
    {
      read: "read-metadata",
      list: "see-names",
      scan: "see-names",
      create: "administer-metadata",
      update: "administer-metadata",
      patch: "administer-metadata",
      delete: "delete-everything",
    },
  ],
  ["delete", { update: "soft-delete" }],
  ["undelete", { update: "undelete" }],
  ["destroy", { update: "destroy" }],
]);

const CONFIG: Meant = { read: "configure", update: "configure" };

/** KV version 1 has no areas. */
const KV1: Meant = {
  read: "read-values",
  create: "write",
  update: "write",
  delete: "delete-everything",
  list: "see-names",
  scan: "see-names",
};

/**
 * The intent that one capability on one API path of a KV mount belongs to: the way back from `needsOf`.
 * @param mount `secret/`, with its slash
 * @returns `undefined` when the path is none of the mount's, or the capability is inert there
 */
export function intentOf(
  mount: string,
  path: string,
  capability: Capability,
  kvVersion: 1 | 2 = 2,
): KvIntent | undefined {
  if (!path.startsWith(mount)) return undefined;
  if (kvVersion === 1) return KV1[capability];
  const rest = path.slice(mount.length);
  if (rest === "config") return CONFIG[capability];
  const slash = rest.indexOf("/");
  return slash < 0 ? undefined : AREAS.get(rest.slice(0, slash))?.[capability];
}
