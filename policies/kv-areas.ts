/**
 * What stands between a mount of KV version 2 and the path of a secret, as in `secret/data/app/db` (Vault and OpenBao docs, "KV
 * version 2 API").
 */
export const KV2_AREAS: ReadonlySet<string> = new Set([
  "data",
  "metadata",
  "detailed-metadata",
  "subkeys",
  "delete",
  "undelete",
  "destroy",
]);

/** The path of the secret behind its area: `app/db` of `data/app/db`. @returns `undefined` where no area stands before it */
export function belowArea(rest: string): string | undefined {
  const slash = rest.indexOf("/");
  return slash >= 0 && KV2_AREAS.has(rest.slice(0, slash)) ? rest.slice(slash + 1) : undefined;
}
