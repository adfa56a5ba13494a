import type { Dialect } from "../dialect";

/** A mount and the kind of plug-in behind it: `{ path: "pki/", type: "pki" }`. */
export interface Mount {
  readonly path: string;
  readonly type: string;
}

/** The mounts that every server has. */
const BUILT_IN: readonly Mount[] = [
  { path: "sys/", type: "system" },
  { path: "auth/token/", type: "token" },
];

const SYSTEM =
  "auth/* remount audit audit/* raw raw/* rotate config/cors config/auditing/* config/ui/headers/* plugins/catalog/* " +
  "revoke-prefix/* revoke-force/* leases leases/revoke-prefix/* leases/revoke-force/* leases/lookup/* internal/inspect/* " +
  // Not in the engine's list of root-protected paths, but enforced by their handlers.
  "seal step-down";

/** Root-protected paths by the type of mount, relative to it; a `*` at the end makes a prefix. */
const PROTECTED: {
  readonly [product in Dialect["product"]]: { readonly [type: string]: readonly string[] };
} = {
  vault: {
    system: (
      `${SYSTEM} plugins/runtimes/catalog/* internal/counters/activity/export storage/raft/snapshot-auto/config/* ` +
      "replication/primary/secondary-token replication/performance/primary/secondary-token " +
      "replication/dr/primary/secondary-token replication/reindex replication/dr/reindex replication/performance/reindex"
    ).split(" "),
    token: ["revoke-orphan", "accessors/"],
    pki: ["root", "root/sign-self-issued"],
  },
  openbao: {
    system: `${SYSTEM} rotate/keyring rotate/root`.split(" "),
    token: ["revoke-orphan/*", "accessors*"],
    pki: ["root", "root/sign-self-issued"],
  },
};

/**
 * Whether the engine asks for sudo on a path. It knows `sys/` and `auth/token/` by themselves, other mounts only when they
 * are given; the longest protected prefix decides, and an entry without `*` must be the whole rest of the path.
 */
export function needsSudo(path: string, dialect: Dialect, mounts: readonly Mount[] = []): boolean {
  if (mounts.length === 0 && !path.startsWith("sys/") && !path.startsWith("auth/token/")) return false;
  const mount = [...mounts, ...BUILT_IN].find((each) => path.startsWith(each.path));
  const entries = mount && PROTECTED[dialect.product][mount.type];
  if (!mount || !entries) return false;
  const rest = path.slice(mount.path.length);
  let longest: string | undefined;
  for (const entry of entries) {
    if (rest.startsWith(bodyOf(entry)) && entry.length > (longest?.length ?? 0)) longest = entry;
  }
  return longest !== undefined && (longest.endsWith("*") || rest === longest);
}

/** The protected paths themselves, as rules would write them. */
export function sudoPaths(dialect: Dialect, mounts: readonly Mount[] = []): string[] {
  return [...mounts, ...BUILT_IN].flatMap((mount) =>
    (PROTECTED[dialect.product][mount.type] ?? []).map((entry) => mount.path + entry),
  );
}

function bodyOf(entry: string): string {
  return entry.endsWith("*") ? entry.slice(0, -1) : entry;
}
