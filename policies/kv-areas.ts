/** What stands between a KV v2 mount and the path of a secret, `secret/data/app/db` (Vault and OpenBao docs, "KV version 2 API"). */
export const KV2_AREAS: ReadonlySet<string> = new Set([
  "data",
  "metadata",
  "detailed-metadata",
  "subkeys",
  "delete",
  "undelete",
  "destroy",
]);
