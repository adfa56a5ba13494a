import type { ComparedCapability } from "../compare/grant";

/** Something that a principal may do to get more than it was given. */
export interface Power {
  readonly region: string;
  /** Any one of them is enough. */
  readonly capabilities: readonly ComparedCapability[];
  /** Whether sudo in the same rule is needed as well. @default false */
  readonly sudo?: boolean;
  /** To stand behind the principal: `writes a user with any policies`. */
  readonly how: string;
}

const WRITES: readonly ComparedCapability[] = ["create", "update"];
const UPDATE: readonly ComparedCapability[] = ["update"];

/** Writing here gives any policy to oneself, or takes it from the storage. */
export const POWERS: readonly Power[] = [
  { region: "sys/auth/+", capabilities: UPDATE, sudo: true, how: "enables a login method of its own" },
  { region: "auth/token/create", capabilities: UPDATE, sudo: true, how: "makes a token with any policies" },
  {
    region: "auth/token/create-orphan",
    capabilities: UPDATE,
    sudo: true,
    how: "makes a token with any policies",
  },
  { region: "auth/token/roles/+", capabilities: WRITES, how: "writes a token role with any policies" },
  { region: "auth/+/role/+", capabilities: WRITES, how: "writes a login role with any policies" },
  // Cloud Foundry has its roles there.
  { region: "auth/+/roles/+", capabilities: WRITES, how: "writes a login role with any policies" },
  // OpenBao >= 2.4, for JWT.
  { region: "auth/+/cel/role/+", capabilities: WRITES, how: "writes a login role with any policies" },
  { region: "auth/+/role/+/policies", capabilities: WRITES, how: "puts any policies on a login role" },
  { region: "auth/+/role/+/token-policies", capabilities: WRITES, how: "puts any policies on a login role" },
  { region: "auth/+/users/+", capabilities: WRITES, how: "writes a user with any policies" },
  { region: "auth/+/users/+/policies", capabilities: WRITES, how: "puts any policies on a user" },
  { region: "auth/+/groups/+", capabilities: WRITES, how: "puts any policies on a group of users" },
  { region: "auth/+/certs/+", capabilities: WRITES, how: "writes a certificate role with any policies" },
  { region: "auth/+/map/*", capabilities: WRITES, how: "maps a login to any policies" },
  { region: "identity/entity", capabilities: WRITES, how: "puts any policies on an entity" },
  { region: "identity/entity/*", capabilities: WRITES, how: "puts any policies on an entity" },
  { region: "identity/group", capabilities: WRITES, how: "puts any policies on a group" },
  { region: "identity/group/*", capabilities: WRITES, how: "puts any policies on a group" },
  { region: "identity/entity-alias", capabilities: WRITES, how: "takes over another's entity" },
  { region: "identity/entity-alias/*", capabilities: WRITES, how: "takes over another's entity" },
  // An old name of the same, which both engines still serve (asked of OpenBao 2.7.2 and Vault 1.21.1).
  { region: "identity/alias", capabilities: WRITES, how: "takes over another's entity" },
  { region: "identity/alias/*", capabilities: WRITES, how: "takes over another's entity" },
  { region: "identity/group-alias", capabilities: WRITES, how: "joins a group by its alias" },
  { region: "identity/group-alias/*", capabilities: WRITES, how: "joins a group by its alias" },
  {
    region: "sys/raw/*",
    capabilities: ["read", ...WRITES],
    sudo: true,
    how: "reaches the storage under every rule",
  },
  { region: "sys/storage/raft/snapshot", capabilities: UPDATE, how: "replaces all data by a snapshot" },
  { region: "sys/storage/raft/snapshot-force", capabilities: UPDATE, how: "replaces all data by a snapshot" },
  {
    region: "sys/plugins/catalog/*",
    capabilities: UPDATE,
    sudo: true,
    how: "registers a plug-in, which runs on the server",
  },
];

/** Where policies are written: whoever may rewrite one that it holds needs no other power. */
export const POLICY_PATHS = ["sys/policies/acl/", "sys/policy/"];

/**
 * What anybody does to become whoever logs in by a role or user.
 * @param rolePath `auth/approle/role/admin`
 * @param name of the other, for sentences
 */
export function waysInto(rolePath: string, name: string): Power[] {
  const token = /^auth\/token\/roles\/([^/]+)$/.exec(rolePath)?.[1];
  if (token !== undefined)
    return [{ region: `auth/token/create/${token}`, capabilities: UPDATE, how: `makes a token of ${name}` }];
  const mount = mountOf(rolePath);
  const secretIds = ["secret-id", "custom-secret-id"].map((end) => ({
    region: `${rolePath}/${end}`,
    capabilities: WRITES,
    how: `issues a secret-id of ${name} and logs in as it`,
  }));
  const password = {
    region: `${rolePath}/password`,
    capabilities: WRITES,
    how: `sets the password of ${name}`,
  };
  return [
    ...(/\/role\/[^/]+$/.test(rolePath) ? secretIds : []),
    ...(/\/users\/[^/]+$/.test(rolePath) ? [password] : []),
    ...(mount === undefined
      ? []
      : [
          {
            region: `${mount}/config`,
            capabilities: WRITES,
            how: `makes ${mount} trust a server of its own and logs in as ${name}`,
          },
        ]),
  ];
}

/** The powers on login methods whose paths have more than one segment, which no `+` stands for. */
export function powersBelow(rolePaths: readonly string[]): Power[] {
  const mounts = new Set(
    rolePaths.map(mountOf).filter((mount) => mount !== undefined && mount.split("/").length > 2),
  );
  return [...mounts].flatMap((mount) =>
    POWERS.filter(({ region }) => region.startsWith(ANY_METHOD)).map((power) => ({
      ...power,
      region: `${mount}/${power.region.slice(ANY_METHOD.length)}`,
    })),
  );
}

const ANY_METHOD = "auth/+/";

/** `auth/team/approle` of `auth/team/approle/role/admin`. */
function mountOf(rolePath: string): string | undefined {
  return /^(auth\/.+?)\/(?:cel\/role|role|roles|users|groups|certs|map)\/.+$/.exec(rolePath)?.[1];
}

/** Every region with which an escalation begins or goes on: who may write in none of them gets nowhere. */
export const POWER_REGIONS: readonly string[] = [
  ...POWERS.map(({ region }) => region),
  ...POLICY_PATHS.map((path) => `${path}*`),
  "auth/token/create/+",
  ...["role/+/secret-id", "role/+/custom-secret-id", "users/+/password", "config"].map(
    (end) => ANY_METHOD + end,
  ),
  // Methods of deeper paths: rather one too many than one too few.
  "auth/+/+/*",
];
