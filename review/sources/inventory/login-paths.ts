import { KIND_WORDS } from "../../../catalog/principal-kind";
import type { RevisionPrincipalKind } from "../../model";

/** Where a login is kept, taken apart. */
export interface LoginPath {
  /** As the API has it: `auth/approle/role/dotmac`. */
  readonly path: string;
  /** The auth mount, without `auth/`. */
  readonly mount: string;
  readonly name: string;
}

/** `auth/<mount>/<collection>/<name>`: the collections in which engines keep who may log in, and nothing else. */
const LOGIN =
  /^auth\/(?<mount>.+?)\/(?<collection>roles?|users?|groups|certs|map\/teams|map\/users)\/(?<name>[^/]+)$/;

/** Groups of a directory may have slashes in their names. */
const GROUP = /^auth\/(?<mount>.+?)\/groups\/(?<name>.+)$/;

/** The login that is kept at an API path, if one is. */
export function loginAt(path: string): LoginPath | undefined {
  const groups = (LOGIN.exec(path) ?? GROUP.exec(path))?.groups;
  return groups?.mount && groups.name ? { path, mount: groups.mount, name: groups.name } : undefined;
}

/** The collections of an auth method's logins: where they are listed, and where each is read. */
export const COLLECTIONS: Readonly<
  Record<string, readonly { readonly list: string; readonly read: string }[]>
> = {
  approle: same("role"),
  kubernetes: same("role"),
  jwt: same("role"),
  oidc: same("role"),
  azure: same("role"),
  alicloud: [{ list: "roles", read: "role" }],
  aws: [{ list: "roles", read: "role" }],
  gcp: [{ list: "roles", read: "role" }],
  oci: same("role"),
  userpass: same("users"),
  radius: same("users"),
  ldap: same("groups", "users"),
  okta: same("groups", "users"),
  kerberos: same("groups"),
  github: same("map/teams", "map/users"),
  cert: same("certs"),
  token: same("roles"),
};

function same(...names: readonly string[]) {
  return names.map((name) => ({ list: name, read: name }));
}

const KINDS: Readonly<Record<string, RevisionPrincipalKind>> = {
  approle: "approle",
  kubernetes: "kubernetes",
  token: "token",
  jwt: "jwt",
  oidc: "jwt",
  aws: "aws",
  userpass: "userpass",
  cert: "cert",
};

/** The kind of principal that an auth mount of this type makes. */
export function kindOf(type: string | undefined): RevisionPrincipalKind {
  return type !== undefined && Object.hasOwn(KINDS, type) ? (KINDS[type] ?? "other") : "other";
}

const TITLES: Readonly<Partial<Record<RevisionPrincipalKind, string>>> = {
  ...KIND_WORDS,
  jwt: "JwtRole",
  aws: "AwsRole",
  userpass: "User",
  cert: "Certificate",
};

/** As people say it: `AppRole dotmac`; with the mount where it is not the usual one: `AppRole ci/dotmac`. */
export function titleOf(kind: RevisionPrincipalKind, { mount, name, path }: LoginPath): string {
  const word = TITLES[kind];
  if (!word) return `Login ${path.replace(/^auth\//, "")}`;
  return mount === kind ? `${word} ${name}` : `${word} ${mount}/${name}`;
}
