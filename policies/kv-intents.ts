import type { Capability } from "./capability";

/**
 * What a person can do to a secret of the KV engine, one API operation each: the finest terms in which access is told, in
 * reviews and in answers. What a grant means is made of these (intent.ts).
 */
export type KvIntent =
  | "read-values"
  | "see-names"
  | "read-metadata"
  | "write"
  | "patch"
  | "soft-delete"
  | "undelete"
  | "destroy"
  | "administer-metadata"
  | "delete-everything"
  | "configure";

/** The intents, each in words that finish the sentence "may …". */
export const KV_INTENTS: { readonly [intent in KvIntent]: string } = {
  "read-values": "read values",
  "see-names": "see names",
  "read-metadata": "read metadata (ages, versions, custom fields)",
  write: "write new versions",
  patch: "change single fields",
  "soft-delete": "delete versions that can be brought back",
  undelete: "bring deleted versions back",
  destroy: "destroy versions for good",
  "administer-metadata": "change metadata (limits, custom fields)",
  "delete-everything": "delete all versions and metadata",
  configure: "configure the mount",
};

/** Capabilities at one place of a mount's API. */
export interface KvAccess {
  /** What stands between the mount and the path: nothing on KV version 1. */
  readonly area: "data" | "metadata" | "delete" | "undelete" | "destroy" | "";
  /** `secret` is the path itself, `folder` the folder that holds it, with its trailing slash. */
  readonly at: "secret" | "folder";
  readonly capabilities: readonly Capability[];
}

/** KV version 2: the HTTP API documents which capability each operation needs. */
const KV2: Readonly<Record<Exclude<KvIntent, "configure">, readonly KvAccess[]>> = {
  "read-values": [{ area: "data", at: "secret", capabilities: ["read"] }],
  "see-names": [{ area: "metadata", at: "folder", capabilities: ["list"] }],
  "read-metadata": [{ area: "metadata", at: "secret", capabilities: ["read"] }],
  // Create where the secret has no metadata yet, else update (vault-plugin-secrets-kv, path_data.go, the existence check).
  write: [{ area: "data", at: "secret", capabilities: ["create", "update"] }],
  patch: [{ area: "data", at: "secret", capabilities: ["patch"] }],
  // Deleting the latest version and deleting versions by number are two API paths.
  "soft-delete": [
    { area: "data", at: "secret", capabilities: ["delete"] },
    { area: "delete", at: "secret", capabilities: ["update"] },
  ],
  // These areas have no existence check, and only ever need update.
  undelete: [{ area: "undelete", at: "secret", capabilities: ["update"] }],
  destroy: [{ area: "destroy", at: "secret", capabilities: ["update"] }],
  "administer-metadata": [{ area: "metadata", at: "secret", capabilities: ["create", "update", "patch"] }],
  "delete-everything": [{ area: "metadata", at: "secret", capabilities: ["delete"] }],
};

/** KV version 1 keeps one version and no metadata: there is no way back from a delete, and nothing to configure. */
const KV1: Readonly<Partial<typeof KV2>> = {
  "read-values": [{ area: "", at: "secret", capabilities: ["read"] }],
  "see-names": [{ area: "", at: "folder", capabilities: ["list"] }],
  write: [{ area: "", at: "secret", capabilities: ["create", "update"] }],
  "delete-everything": [{ area: "", at: "secret", capabilities: ["delete"] }],
};

/** The least that an intent on a secret needs; nothing where that version of the KV engine has no such thing. */
export function kvAccessOf(intent: Exclude<KvIntent, "configure">, kvVersion: 1 | 2): readonly KvAccess[] {
  return (kvVersion === 2 ? KV2 : KV1)[intent] ?? [];
}

/** A secret or a tree of secrets in a KV mount. */
export interface SecretPath {
  /** `secret/`, with its slash. */
  readonly mount: string;
  /** Below the mount, without `data/`: `app/db`, `app/*` for all below, `*` for the whole mount, `app/+/db`. */
  readonly path: string;
}

/** One API path that an intent needs, and what it needs there. */
export interface Need {
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** The same as API paths. @param kvVersion of the mount */
export function needsOf(intent: KvIntent, { mount, path }: SecretPath, kvVersion: 1 | 2 = 2): Need[] {
  if (intent === "configure")
    return kvVersion === 2 ? [{ path: `${mount}config`, capabilities: ["read", "update"] }] : [];
  return kvAccessOf(intent, kvVersion).map(({ area, at, capabilities }) => ({
    path: mount + (area === "" ? "" : `${area}/`) + (at === "folder" ? folderOf(path) : path),
    capabilities,
  }));
}

/** Names are listed folder by folder: of a secret its folder, of a tree the tree's own folder and all below. */
function folderOf(path: string): string {
  return path === "*" || path.endsWith("/*") ? path : path.slice(0, path.lastIndexOf("/") + 1);
}
