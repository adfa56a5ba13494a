import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

type Resources = Readonly<Record<string, object>>;

const ADMIN = {
  vault_policy: { admin: { name: "admin", policy: 'path "secret/*" { capabilities = ["read"] }' } },
};

const read = (resource: Resources) =>
  revisionOfTerraform({ resource: { ...ADMIN, ...resource } }, "stack.tf.json", {});

/** What a review says of a change of these resources, each finding by kind, who and what. */
const changes = (before: Resources, after: Resources) =>
  reviewRevisions(read(before), read(after)).findings.map(
    ({ kind, titles, sentence }) => `${kind}: ${titles.join(", ")} ${sentence}`,
  );

const gains = (before: Resources, after: Resources) =>
  changes(before, after).filter((each) => each.startsWith("gained"));

describe("policies that a method hands out by itself", () => {
  const method = (more: object) => ({
    vault_ldap_auth_backend: { people: { path: "ldap", url: "ldaps://dir", ...more } },
  });

  test("are gained by everybody who logs in there", () => {
    expect(gains(method({}), method({ token_policies: ["admin"] }))).toEqual([
      "gained: Everybody at auth/ldap can now use read on everything under secret/",
    ]);
  });

  test("are held by each login of the method besides its own", () => {
    const group = { vault_ldap_auth_backend_group: { dev: { groupname: "dev", policies: ["dev"] } } };
    const { principals } = read({ ...method({ token_policies: ["admin"] }), ...group });
    const dev = principals.find(({ name }) => name === "auth/ldap/groups/dev");
    expect(dev?.holds.map(({ policy }) => policy)).toEqual(["dev", "default", "admin"]);
  });

  test("and a method of roles without any makes nobody a principal", () => {
    expect(read({ vault_jwt_auth_backend: { j: { jwks_url: "https://ours/keys" } } }).principals).toEqual([]);
  });

  test("count where they are written as an endpoint", () => {
    const mount = { vault_auth_backend: { people: { type: "ldap" } } };
    const config = { path: "auth/ldap/config", data_json: '{"token_policies":"admin"}' };
    expect(gains(mount, { ...mount, vault_generic_endpoint: { config } })).toHaveLength(1);
  });
});

test("groups and users inside of an Okta method are logins", () => {
  const method = (more: object) => ({ vault_okta_auth_backend: { o: { organization: "x", ...more } } });
  const group = [{ group_name: "dev", policies: ["admin"] }];
  expect(gains(method({}), method({ group }))).toHaveLength(1);
  const user = [{ username: "ana", groups: ["dev"], policies: ["own"] }];
  const { principals } = read(method({ group, user }));
  const ana = principals.find(({ name }) => name === "auth/okta/users/ana");
  expect(ana?.holds.map(({ policy }) => policy)).toEqual(["own", "default", "admin"]);
});

test("a user of a directory holds what the groups bring that it is put into", () => {
  const group = { vault_ldap_auth_backend_group: { dev: { groupname: "Dev", policies: ["admin"] } } };
  const user = (groups?: readonly string[]) => ({
    ...group,
    vault_ldap_auth_backend_user: { ana: { username: "ana", ...(groups ? { groups } : {}) } },
  });
  expect(gains(user(), user(["dev"]))).toHaveLength(1);
  expect(gains(user(["dev"]), user(["dev"]))).toEqual([]);
});

describe("whom a method trusts", () => {
  const role = (type: string, more: object = {}) => ({
    [`vault_${type}_auth_backend_role`]: { web: { role_name: "web", token_policies: ["admin"], ...more } },
  });

  test("binds its logins: another issuer of tokens is another bound", () => {
    const at = (url: string) => ({ vault_jwt_auth_backend: { j: { jwks_url: url } }, ...role("jwt") });
    expect(changes(at("https://ours/keys"), at("https://theirs/keys"))).toEqual([
      "constraint-changed: JwtRole web has another config.jwks_url: https://theirs/keys, before https://ours/keys",
    ]);
    expect(changes(at("https://ours/keys"), at("https://ours/keys"))).toEqual([]);
  });

  test("is told of a Kubernetes cluster, also where nothing was said before", () => {
    const mount = { vault_auth_backend: { k: { type: "kubernetes" } }, ...role("kubernetes") };
    const cluster = {
      vault_kubernetes_auth_backend_config: {
        k: { backend: "kubernetes", kubernetes_host: "https://theirs" },
      },
    };
    expect(changes(mount, { ...mount, ...cluster })).toEqual([
      "constraint-changed: KubernetesRole web has another config.kubernetes_host: https://theirs, before nothing",
    ]);
  });

  test("is compared by keys' fingerprints, and never shows a key", () => {
    const at = (key: string) => ({
      vault_jwt_auth_backend: {
        j: { jwt_validation_pubkeys: [`-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`] },
      },
      ...role("jwt"),
    });
    const [only, ...others] = changes(at("YWFh"), at("YmJi"));
    expect(only).toMatch(/another config\.jwt_validation_pubkeys: sha256:\w+, before sha256:\w+$/);
    expect(others).toEqual([]);
  });

  test("says the same where a setting is at the engine's default and where it is left out", () => {
    const at = (more: object) => ({
      vault_ldap_auth_backend: { l: { url: "ldaps://dir", ...more } },
      vault_ldap_auth_backend_group: { dev: { groupname: "dev", policies: ["admin"] } },
    });
    expect(changes(at({}), at({ deny_null_bind: true, userattr: "cn", insecure_tls: false }))).toEqual([]);
    expect(changes(at({}), at({ deny_null_bind: false }))).toHaveLength(1);
  });
});

test("who gets into a group from outside binds the group", () => {
  const group = (alias: string) => ({
    vault_ldap_auth_backend: { l: { path: "ldap", url: "ldaps://dir" } },
    vault_identity_group: { admins: { name: "admins", type: "external", policies: ["admin"] } },
    vault_identity_group_alias: {
      admins: {
        name: alias,
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform's
        mount_accessor: "${vault_ldap_auth_backend.l.accessor}",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform's
        canonical_id: "${vault_identity_group.admins.id}",
      },
    },
  });
  expect(changes(group("admins"), group("everyone"))).toEqual([
    "constraint-changed: Group admins has another alias: everyone of auth/ldap, before admins of auth/ldap",
  ]);
  expect(changes(group("admins"), group("admins"))).toEqual([]);
});

describe("a directory lets everybody in it log in, without any role", () => {
  const directory = (url: string) => ({ vault_ldap_auth_backend: { l: { path: "ldap", url } } });

  test("with the policy default", () => {
    const { principals } = read(directory("ldaps://ours"));
    expect(principals.map(({ title, holds }) => [title, holds.map(({ policy }) => policy)])).toEqual([
      ["Everybody at auth/ldap", ["default"]],
    ]);
  });

  test("so that a new one, and another one in its place, are told", () => {
    expect(changes({}, directory("ldaps://ours"))).toContain(
      "principal-added: Everybody at auth/ldap is new, with the policy default",
    );
    expect(changes(directory("ldaps://ours"), directory("ldaps://theirs"))).toEqual([
      "constraint-changed: Everybody at auth/ldap has another config.url: ldaps://theirs, before ldaps://ours",
    ]);
  });
});
