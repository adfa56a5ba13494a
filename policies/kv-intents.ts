import { type Capability, fromBits, isListing, toBits } from "./capability";
import { decidingRules, grantOf } from "./compare/grant";
import type { PolicyRule } from "./rule";
import type { AccessList } from "./semantics/access-list";

/**
 * What a person can do to a secret of KV version 2, one API operation each: the finest terms in which access is told.
 * The intents of grants (intent.ts) are made of these.
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

/** One API path that an intent needs, and what it needs there. */
export interface Need {
  readonly path: string;
  readonly capabilities: readonly Capability[];
}

/** A secret or a tree of secrets in a KV v2 mount. */
export interface SecretPath {
  /** `secret/`, with its slash. */
  readonly mount: string;
  /** Below the mount, without `data/`: `app/db`, `app/*` for all below, `*` for the whole mount, `app/+/db`. */
  readonly path: string;
}

/** What each intent needs: the API paths below the mount, and the capabilities there (KV v2 API). */
const NEEDS: {
  readonly [intent in Exclude<KvIntent, "see-names" | "configure">]: readonly (readonly [
    string,
    readonly Capability[],
  ])[];
} = {
  "read-values": [["data/", ["read"]]],
  "read-metadata": [["metadata/", ["read"]]],
  // Which of the two a write is depends on whether the secret is there already.
  write: [["data/", ["create", "update"]]],
  patch: [["data/", ["patch"]]],
  // Deleting the latest version and deleting versions by number are two API paths.
  "soft-delete": [
    ["data/", ["delete"]],
    ["delete/", ["update"]],
  ],
  undelete: [["undelete/", ["update"]]],
  destroy: [["destroy/", ["update"]]],
  "administer-metadata": [["metadata/", ["create", "update", "patch"]]],
  "delete-everything": [["metadata/", ["delete"]]],
};

/** The least that an intent needs on the API paths of KV v2. */
export function needsOf(intent: KvIntent, secret: SecretPath): Need[] {
  const { mount, path } = secret;
  if (intent === "configure") return [{ path: `${mount}config`, capabilities: ["read", "update"] }];
  if (intent === "see-names") return listNeeds(mount, path);
  return NEEDS[intent].map(([prefix, capabilities]) => ({ path: mount + prefix + path, capabilities }));
}

/** Names are listed folder by folder: of a secret its folder, of a tree the tree's own folder and all below. */
function listNeeds(mount: string, path: string): Need[] {
  const capabilities: readonly Capability[] = ["list"];
  const metadata = `${mount}metadata/`;
  if (path === "*") return [{ path: `${metadata}*`, capabilities }];
  if (path.endsWith("/*")) return [{ path: metadata + path, capabilities }];
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return [{ path: metadata + folder, capabilities }];
}

/** The rules of a policy that grants these intents, and nothing else; `comment` says who granted what. */
export function rulesFor(intents: readonly KvIntent[], secret: SecretPath, comment?: string): PolicyRule[] {
  const byPath = new Map<string, number>();
  for (const intent of intents) {
    for (const need of needsOf(intent, secret)) {
      byPath.set(need.path, (byPath.get(need.path) ?? 0) | toBits(need.capabilities));
    }
  }
  return [...byPath].map(([path, bits]) => ({
    path,
    capabilities: fromBits(bits),
    ...(comment === undefined ? {} : { comment }),
  }));
}

/** How far an intent is granted on one secret. `partial`: something that it needs is missing; `conditional`: conditions apply. */
export interface GrantedIntent {
  readonly intent: KvIntent;
  readonly level: "full" | "conditional" | "partial";
  /** What is missing, for `partial`. */
  readonly missing: readonly Need[];
}

/**
 * The intents that an access list grants on one secret (a concrete path, no wildcards): the way back from capabilities.
 * Intents of which nothing is granted are left out.
 */
export function intentsOn(list: AccessList, secret: SecretPath): GrantedIntent[] {
  const granted: GrantedIntent[] = [];
  for (const intent of Object.keys(KV_INTENTS) as KvIntent[]) {
    const found = grantedIntent(list, intent, secret);
    if (found) granted.push(found);
  }
  return granted;
}

function grantedIntent(list: AccessList, intent: KvIntent, secret: SecretPath): GrantedIntent | undefined {
  const missing: Need[] = [];
  let some = false;
  let conditional = false;
  for (const need of needsOf(intent, secret)) {
    const deciding = decidingRules(list, need.path);
    const lacking = need.capabilities.filter((capability) => {
      if (list.isRoot || capability === "deny") return false;
      const { level } = grantOf(deciding, capability);
      conditional ||= level === "conditional";
      return level === "none";
    });
    some ||= lacking.length < need.capabilities.length;
    if (lacking.length > 0) missing.push({ path: need.path, capabilities: lacking });
  }
  if (!some) return undefined;
  return { intent, level: missing.length > 0 ? "partial" : conditional ? "conditional" : "full", missing };
}

/** The intent that one capability on one API path of a KV v2 mount belongs to; `undefined` when it is inert there. */
export function intentOf(mount: string, path: string, capability: Capability): KvIntent | undefined {
  if (!path.startsWith(mount)) return undefined;
  const rest = path.slice(mount.length);
  if (rest === "config") return capability === "read" || capability === "update" ? "configure" : undefined;
  const area = rest.slice(0, rest.indexOf("/") + 1);
  switch (area) {
    case "data/":
      return { read: "read-values", create: "write", update: "write", patch: "patch", delete: "soft-delete" }[
        capability as string
      ] as KvIntent | undefined;
    case "subkeys/":
      return capability === "read" ? "see-names" : undefined;
    // OpenBao lists the same names here, with the metadata of each (its KV API, "list secrets with detailed metadata").
    case "detailed-metadata/":
      return isListing(capability) ? "see-names" : undefined;
    case "metadata/":
      return {
        read: "read-metadata",
        list: "see-names",
        scan: "see-names",
        create: "administer-metadata",
        update: "administer-metadata",
        patch: "administer-metadata",
        delete: "delete-everything",
      }[capability as string] as KvIntent | undefined;
    case "delete/":
      return capability === "update" ? "soft-delete" : undefined;
    case "undelete/":
      return capability === "update" ? "undelete" : undefined;
    case "destroy/":
      return capability === "update" ? "destroy" : undefined;
    default:
      return undefined;
  }
}
