import type { Capability } from "./capability";

/**
 * What a person means by a grant. Each expands to the least capabilities on API paths that serve it.
 *
 * | intent | lets its principal |
 * |---|---|
 * | `read` | read the current and older values |
 * | `list` | see the names in the folder of the secret |
 * | `write` | store a new version, whole or in part, without reading the old one |
 * | `rotate` | read the value and its versions, and store the next one |
 * | `delete` | soft-delete versions and bring them back |
 * | `administer` | read and change metadata, destroy versions, remove the secret; no values |
 */
export type Intent = "read" | "list" | "write" | "rotate" | "delete" | "administer";

/** How each intent reads in a sentence: "may … of secret/jwt". */
export const INTENT_WORDS: Readonly<Record<Intent, string>> = {
  read: "read values",
  list: "see names",
  write: "write values",
  rotate: "rotate values",
  delete: "soft-delete and undelete versions",
  administer: "administer metadata and destroy versions",
};

/** One API path below a mount and what is needed there. `area` is the KV v2 prefix, empty on KV v1. */
export interface IntentAccess {
  readonly area: "data" | "metadata" | "delete" | "undelete" | "destroy" | "";
  /** `secret` is the path itself, `folder` the folder that holds it, with its trailing slash. */
  readonly at: "secret" | "folder";
  readonly capabilities: readonly Capability[];
}

/**
 * KV v2: the HTTP API documents which capability each operation needs; put needs `create` where the secret has no
 * metadata yet and `update` afterwards, so writing takes both (vault-plugin-secrets-kv, path_data.go, the existence
 * check). delete/, undelete/ and destroy/ have no existence check and only ever need `update`.
 */
const KV2: Readonly<Record<Intent, readonly IntentAccess[]>> = {
  read: [{ area: "data", at: "secret", capabilities: ["read"] }],
  list: [{ area: "metadata", at: "folder", capabilities: ["list"] }],
  write: [{ area: "data", at: "secret", capabilities: ["create", "update", "patch"] }],
  rotate: [
    { area: "data", at: "secret", capabilities: ["create", "read", "update", "patch"] },
    { area: "metadata", at: "secret", capabilities: ["read"] },
  ],
  delete: [
    { area: "data", at: "secret", capabilities: ["delete"] },
    { area: "delete", at: "secret", capabilities: ["update"] },
    { area: "undelete", at: "secret", capabilities: ["update"] },
  ],
  administer: [
    { area: "metadata", at: "secret", capabilities: ["create", "read", "update", "patch", "delete"] },
    { area: "metadata", at: "folder", capabilities: ["list"] },
    { area: "destroy", at: "secret", capabilities: ["update"] },
  ],
};

/** KV v1 keeps one version and no metadata: there is nothing to administer and no way back from a delete. */
const KV1: Readonly<Record<Exclude<Intent, "administer">, readonly IntentAccess[]>> = {
  read: [{ area: "", at: "secret", capabilities: ["read"] }],
  list: [{ area: "", at: "folder", capabilities: ["list"] }],
  write: [{ area: "", at: "secret", capabilities: ["create", "update"] }],
  rotate: [{ area: "", at: "secret", capabilities: ["create", "read", "update"] }],
  delete: [{ area: "", at: "secret", capabilities: ["delete"] }],
};

/** @returns what the intent needs, or `undefined` where that version of the KV engine has no such thing */
export function accessOf(intent: Intent, kvVersion: 1 | 2): readonly IntentAccess[] | undefined {
  return kvVersion === 2 ? KV2[intent] : intent === "administer" ? undefined : KV1[intent];
}
