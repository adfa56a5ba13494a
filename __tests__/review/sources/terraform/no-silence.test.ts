import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

const read = (resource: object) => revisionOfTerraform({ resource }, "stack.tf.json", {});
const doubtful = (type: string, values: object) => read({ [type]: { x: values } }).doubts.length > 0;

/** Whether a review tells of a change. */
const told = (before: object, after: object): boolean =>
  reviewRevisions(read(before), read(after)).findings.length > 0;

const ADMIN = { name: "admin", policy: 'path "*" { capabilities = ["sudo", "read"] }' };

describe("a resource that lets somebody in, or hands something out", () => {
  test.each([
    ["signers of AWS documents", "vault_aws_auth_backend_cert", { cert_name: "x", aws_public_cert: "x" }],
    ["another account's logins", "vault_aws_auth_backend_sts_role", { account_id: "1", sts_role: "x" }],
    ["a role tag", "vault_aws_auth_backend_role_tag", { role: "x", policies: ["admin"] }],
    ["a login", "vault_approle_auth_backend_login", { role_id: "x", secret_id: "y" }],
    ["a login at AWS", "vault_aws_auth_backend_login", { role: "x" }],
    ["whom SPIFFE trusts", "vault_spiffe_auth_backend_config", { trust_domain: "example.org" }],
    ["the program of a method", "vault_plugin", { type: "auth", name: "userpass", command: "other" }],
    ["its version", "vault_plugin_pinned_version", { type: "auth", name: "userpass", version: "v9" }],
    ["secrets sent elsewhere", "vault_secrets_sync_association", { mount: "secret", secret_name: "x" }],
    ["where they are sent", "vault_secrets_sync_gh_destination", { name: "x", repository_name: "x" }],
    [
      "certificates without a token",
      "vault_pki_secret_backend_config_acme",
      { backend: "pki", enabled: true },
    ],
    ["the same by EST", "vault_pki_secret_backend_config_est", { backend: "pki", enabled: true }],
    ["the same by CMP", "vault_pki_secret_backend_config_cmpv2", { backend: "pki", enabled: true }],
    ["the same by SCEP", "vault_pki_secret_backend_config_scep", { backend: "pki", enabled: true }],
    ["a key for ACME", "vault_pki_secret_backend_acme_eab", { backend: "pki" }],
    ["clients of KMIP", "vault_kmip_secret_role", { path: "kmip", scope: "x", role: "x" }],
    ["a resource of a provider for OpenBao", "openbao_policy", ADMIN],
  ])("is a doubt: %s", (_, type, values) => {
    expect(doubtful(type, values)).toBe(true);
  });

  test.each([
    ["vault_kv_secret_v2", { mount: "secret", name: "x", data_json: "{}" }],
    ["vault_database_secret_backend_role", { backend: "database", name: "x" }],
    ["vault_quota_rate_limit", { name: "x", path: "auth/userpass", rate: 1 }],
    ["vault_pki_secret_backend_config_urls", { backend: "pki" }],
    ["vault_generic_endpoint", { path: "secret/config", data_json: "{}" }],
    ["vault_generic_endpoint", { path: "sys/quotas/config", data_json: "{}" }],
    ["vault_generic_endpoint", { path: "identity/oidc/role/x", data_json: "{}" }],
  ])("and %s is none of them", (type, values) => {
    expect(doubtful(type, values)).toBe(false);
  });
});

// Tried on OpenBao 2.7.2: such a resource writes to `<backend>/role/<name>`, and an AppRole takes its `policies`.
test.each([
  ["vault_nomad_secret_role", { backend: "auth/approle", role: "x", policies: ["admin"] }],
  ["vault_database_secret_backend_role", { backend: "/auth/token/", name: "x" }],
  ["vault_kv_secret_v2", { mount: "sys/policies/acl", name: "x" }],
])("%s that writes to an auth method is a doubt", (type, values) => {
  expect(doubtful(type, values)).toBe(true);
});

describe("an endpoint that is written to", () => {
  test.each([
    ["sys/remount", { from: "secret", to: "team" }],
    ["sys/policies/rgp/x", { policy: "main = rule { true }" }],
    ["sys/policies/egp/x", { policy: "main = rule { true }" }],
    ["sys/raw/core/policy", { value: "x" }],
    ["sys/plugins/catalog/auth/userpass", { command: "other" }],
    ["sys/config/group-policy-application", { group_policy_application_mode: "any" }],
    ["sys/mfa/method/totp/x", {}],
    ["sys/namespaces/team", {}],
    ["auth/token/create", {}],
    ["auth/token/create/ci", { display_name: "x" }],
    ["auth/userpass/login/ana", { password: "x" }],
    ["auth/approle/role/ci/bind-secret-id", { bind_secret_id: false }],
    ["auth/approle/role/ci/token-bound-cidrs", { token_bound_cidrs: [] }],
    ["auth/kerberos/config/keytab", { keytab: "x" }],
    ["auth/aws/config/sts/1", { sts_role: "x" }],
    ["identity/entity/merge", { from_entity_ids: "a", to_entity_id: "b" }],
    ["identity/mfa/login-enforcement/x", {}],
    ["identity/persona", { name: "ana", entity_id: "b" }],
  ])("is a doubt at %s", (path, data) => {
    expect(doubtful("vault_generic_endpoint", { path, data_json: JSON.stringify(data) })).toBe(true);
  });
});

describe("a token that Terraform issues", () => {
  test.each([{}, { policies: [] }, { role_name: "ci" }])(
    "with %j has policies that nobody can tell",
    (values) => {
      expect(doubtful("vault_token", values)).toBe(true);
    },
  );

  test("holds those that it names, and ends with its parent unless it is an orphan", () => {
    expect(doubtful("vault_token", { policies: ["app"] })).toBe(false);
    const token = (more: object) => ({ vault_token: { x: { policies: ["app"], ...more } } });
    expect(told(token({}), token({ no_parent: true }))).toBe(true);
    expect(told(token({}), token({ no_parent: false }))).toBe(false);
  });
});

describe("a second one with the same name", () => {
  const policies = (first: string) => ({
    vault_policy: {
      a: { name: "app", policy: `path "${first}" { capabilities = ["read"] }` },
      b: { name: "App ", policy: 'path "secret/b" { capabilities = ["read"] }' },
    },
    vault_approle_auth_backend_role: { app: { role_name: "app", token_policies: ["app"] } },
  });

  test("may be the one that is applied last: a change of either is told", () => {
    expect(told(policies("secret/a"), policies("secret/*"))).toBe(true);
    expect(told(policies("secret/a"), policies("secret/a"))).toBe(false);
  });

  test("is one of an entity, a group and an auth method's configuration too", () => {
    expect(
      read({
        vault_identity_entity: { a: { name: "ana", policies: ["a"] }, b: { name: "ana", policies: ["b"] } },
        vault_identity_group: { a: { name: "ops", policies: ["a"] }, b: { name: "ops", policies: ["b"] } },
        vault_jwt_auth_backend: { a: { path: "jwt", jwks_url: "https://a.example" } },
        vault_generic_endpoint: {
          b: { path: "auth/jwt/config", data_json: '{"jwks_url":"https://b.example"}' },
        },
      }).doubts.map(({ reason }) => reason),
    ).toEqual([
      'the entity "ana" is declared 2 times, and the last to be applied wins',
      'the group "ops" is declared 2 times, and the last to be applied wins',
      'the configuration of the auth method "jwt" is declared 2 times, and the last to be applied wins',
    ]);
  });
});

describe("what stands in a doubt that both sides have", () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
  test.each([
    [
      "the policies that somebody unknown gets",
      (policies: string) => ({
        vault_identity_group_policies: { x: { group_id: "${var.g}", policies: [policies] } },
      }),
    ],
    [
      "whom an alias lets into an unknown group",
      (name: string) => ({
        vault_identity_group_alias: { x: { canonical_id: "${f(var.a)}", name, mount_accessor: "a" } },
      }),
    ],
    [
      "whom an alias of an unknown method ties to an entity",
      (name: string) => ({
        vault_identity_entity: { e: { name: "e", policies: ["app"] } },
        vault_identity_entity_alias: {
          x: { canonical_id: "${vault_identity_entity.e.id}", name, mount_accessor: "${var.a}" },
        },
      }),
    ],
    [
      "the members of a group",
      (name: string) => ({
        vault_identity_group: { g: { name: "g", policies: ["app"], member_entity_ids: [`\${var.${name}}`] } },
      }),
    ],
  ])("is told where it changes: %s", (_, resources) => {
    expect(told(resources("one"), resources("other"))).toBe(true);
    expect(told(resources("one"), resources("one"))).toBe(false);
  });
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
});

describe("policies and members that are kept elsewhere", () => {
  test("are not those that stand in the entity or the group", () => {
    const entity = (external: boolean) => ({
      vault_policy: { admin: ADMIN },
      vault_identity_entity: { e: { name: "e", policies: ["admin"], external_policies: external } },
    });
    expect(told(entity(true), entity(false))).toBe(true);
  });

  test("are a doubt where one resource puts its own in place of all others", () => {
    const group = (exclusive: boolean) => ({
      vault_identity_group: { g: { id: "g", name: "g", external_policies: true } },
      vault_identity_group_policies: {
        a: { group_id: "g", policies: ["a"], exclusive: false },
        b: { group_id: "g", policies: ["b"], exclusive },
      },
    });
    expect(read(group(false)).doubts).toEqual([]);
    expect(told(group(false), group(true))).toBe(true);
  });
});

describe("a change of an attribute", () => {
  const LOGIN = { token_policies: ["app"] };
  test.each<[string, object, object, object]>([
    ["vault_gcp_auth_backend_role", { role: "x", type: "iam", ...LOGIN }, {}, { add_group_aliases: true }],
    ["vault_gcp_auth_backend_role", { role: "x", type: "iam", ...LOGIN }, {}, { allow_gce_inference: false }],
    ["vault_gcp_auth_backend_role", { role: "x", type: "iam", ...LOGIN }, {}, { max_jwt_exp: "3600" }],
    ["vault_saml_auth_backend_role", { name: "x", ...LOGIN }, {}, { groups_attribute: "groups" }],
    ["vault_jwt_auth_backend_role", { role_name: "x", ...LOGIN }, {}, { oidc_scopes: ["groups"] }],
    ["vault_cert_auth_backend_role", { name: "x", ...LOGIN }, {}, { ocsp_servers_override: ["http://x"] }],
    ["vault_cert_auth_backend_role", { name: "x", ...LOGIN }, {}, { ocsp_query_all_servers: true }],
    ["vault_cert_auth_backend_role", { name: "x", ...LOGIN }, {}, { alias_metadata: { team: "x" } }],
    ["vault_approle_auth_backend_role_secret_id", { role_name: "x" }, { cidr_list: ["10.0.0.0/8"] }, {}],
    [
      "vault_audit",
      { type: "file" },
      { options: { file_path: "a" } },
      { options: { file_path: "a", log_raw: "true" } },
    ],
  ])("of %s %j from %j to %j is told", (type, values, from, to) => {
    const role = type.endsWith("_secret_id")
      ? { vault_approle_auth_backend_role: { x: { role_name: "x", ...LOGIN } } }
      : {};
    const side = (more: object) => ({ ...role, [type]: { x: { ...values, ...more } } });
    expect(told(side(from), side(to))).toBe(true);
    expect(told(side(to), side(to))).toBe(false);
  });

  const JWT = { type: "jwt", path: "jwt" };
  test.each<[string, object, string, object, object]>([
    ["vault_jwt_auth_backend", JWT, "jwt", {}, { jwks_pairs: [{ jwks_url: "https://x.example" }] }],
    ["vault_jwt_auth_backend", JWT, "jwt", { oidc_client_id: "a" }, { oidc_client_id: "b" }],
    ["vault_jwt_auth_backend", JWT, "jwt", {}, { provider_config: { provider: "gsuite" } }],
    ["vault_jwt_auth_backend", JWT, "jwt", {}, { tune: [{ max_lease_ttl: "87600h" }] }],
    ["vault_jwt_auth_backend", JWT, "jwt", {}, { tune: [{ default_lease_ttl: "87600h" }] }],
    ["vault_jwt_auth_backend", JWT, "jwt", {}, { tune: [{ token_type: "batch" }] }],
    ["vault_github_auth_backend", {}, "github", { organization_id: 1 }, { organization_id: 2 }],
    ["vault_ldap_auth_backend", { url: "ldap://x" }, "ldap", {}, { case_sensitive_names: true }],
    ["vault_ldap_auth_backend", { url: "ldap://x" }, "ldap", {}, { discoverdn: true }],
    ["vault_gcp_auth_backend", {}, "gcp", {}, { iam_alias: "unique_id" }],
    ["vault_gcp_auth_backend", {}, "gcp", {}, { custom_endpoint: [{ iam: "x.example" }] }],
    [
      "vault_saml_auth_backend",
      {},
      "saml",
      { idp_metadata_url: "https://a" },
      { idp_metadata_url: "https://b" },
    ],
    ["vault_saml_auth_backend", {}, "saml", { idp_cert: "a" }, { idp_cert: "b" }],
    ["vault_aws_auth_backend_client", {}, "aws", {}, { sts_endpoint: "https://x.example" }],
    ["vault_aws_auth_backend_client", {}, "aws", { iam_server_id_header_value: "x" }, {}],
    ["vault_aws_auth_backend_config_identity", {}, "aws", {}, { iam_alias: "full_arn" }],
    [
      "vault_kubernetes_auth_backend_config",
      { kubernetes_host: "h" },
      "kubernetes",
      {},
      { use_annotations_as_alias_metadata: true },
    ],
  ])("of %s %j is told of the logins there", (type, values, mount, from, to) => {
    const side = (more: object) => ({
      vault_generic_endpoint: {
        role: { path: `auth/${mount}/role/x`, data_json: JSON.stringify(LOGIN) },
      },
      [type]: { x: { ...values, ...more } },
    });
    expect(told(side(from), side(to))).toBe(true);
    expect(told(side(to), side(to))).toBe(false);
  });

  test("of how an auth mount is tuned is told of the logins there", () => {
    const role = { vault_approle_auth_backend_role: { x: { role_name: "x", ...LOGIN } } };
    const mount = (tune: object) => ({ ...role, vault_auth_backend: { x: { type: "approle", ...tune } } });
    expect(told(mount({}), mount({ tune: [{ max_lease_ttl: "87600h" }] }))).toBe(true);
    expect(told(mount({}), mount({ tune: [{ listing_visibility: "unauth" }] }))).toBe(false);
    const path = "sys/auth/approle/tune";
    const endpoint = (data: object) => ({
      ...mount({}),
      vault_generic_endpoint: { t: { path, data_json: JSON.stringify(data) } },
    });
    expect(told(mount({}), endpoint({ token_type: "batch" }))).toBe(true);
  });
});

test.each([
  [
    "metadata",
    { vault_identity_entity: { e: { id: "e", name: "e", policies: ["own"], metadata: { team: "ops" } } } },
  ],
  ["a group", { vault_identity_group: { g: { name: "g", member_entity_ids: ["e"] } } }],
])(
  "of an entity is told of who holds a policy that asks for it, also while nobody knows its id: %s",
  (_, more) => {
    const text = 'path "secret/data/{{identity.entity.metadata.team}}/*" { capabilities = ["read"] }';
    const side = (policy: string, change: object) => ({
      vault_policy: { own: { name: "own", policy } },
      vault_identity_entity: { e: { id: "e", name: "e", policies: ["own"] } },
      ...change,
    });
    expect(told(side(text, {}), side(text, more))).toBe(true);
    const plain = 'path "secret/data/x" { capabilities = ["read"] }';
    expect(told(side(plain, {}), side(plain, more))).toBe(false);
  },
);

test.each([{ token_bound_cidrs: ["10.0.0.0/8"] }, { token_ttl: 60 }, { token_type: "batch" }])(
  "what an LDAP method says of all its tokens is told: %j",
  (change) => {
    const side = (more: object) => ({
      vault_ldap_auth_backend: { x: { url: "ldap://x", ...more } },
      vault_ldap_auth_backend_user: { x: { username: "ana", policies: ["app"] } },
    });
    expect(told(side(change), side({}))).toBe(true);
  },
);

describe("somebody who is named and stands in another state", () => {
  test.each([
    [
      "a member of a group",
      { vault_identity_group: { g: { name: "g", policies: ["a"], member_entity_ids: ["id"] } } },
    ],
    [
      "a group in a group",
      { vault_identity_group: { g: { name: "g", policies: ["a"], member_group_ids: ["id"] } } },
    ],
    [
      "an alias's entity",
      { vault_identity_entity_alias: { x: { canonical_id: "id", name: "eve", mount_accessor: "a" } } },
    ],
    [
      "an alias's group",
      { vault_identity_group_alias: { x: { canonical_id: "id", name: "eve", mount_accessor: "a" } } },
    ],
    ["a user's group", { vault_ldap_auth_backend_user: { x: { username: "eve", groups: ["admins"] } } }],
  ])("is a doubt: %s", (_, resources) => {
    expect(read(resources).doubts).toHaveLength(1);
  });
});

test("a group of a directory may have slashes in its name", () => {
  const side = (policy: string) => ({
    vault_policy: { admin: ADMIN },
    vault_ldap_auth_backend_group: { x: { groupname: "x/y", policies: [policy] } },
    vault_ldap_auth_backend_user: { x: { username: "ana", groups: ["x/y"] } },
  });
  const names = reviewRevisions(read(side("none")), read(side("admin"))).findings.flatMap(
    ({ principals }) => principals,
  );
  expect(names).toContain("auth/ldap/users/ana");
});

test("a token role that only refuses policies gives every other one, whoever asks", () => {
  const role = (refused: string[]) => ({
    vault_policy: { admin: ADMIN },
    vault_token_auth_backend_role: { x: { role_name: "x", disallowed_policies: refused } },
  });
  expect(told(role(["admin"]), role(["other"]))).toBe(true);
  expect(told(role([]), role(["other"]))).toBe(true);
});

describe("an endpoint that takes a setting in another form", () => {
  const write = (path: string, data: object) => ({
    vault_generic_endpoint: { x: { path, data_json: JSON.stringify(data) } },
  });

  test.each([["0"], [0], ["f"], ["False"], ["FALSE"]])("means no secret id by %j", (value) => {
    const role = (more: object) => write("auth/approle/role/x", { token_policies: "app", ...more });
    expect(told(role({}), role({ bind_secret_id: value }))).toBe(true);
    expect(told(role({ bind_secret_id: false }), role({ bind_secret_id: value }))).toBe(false);
  });

  test.each([["1"], [1], ["t"], ["True"], ["TRUE"]])("means a token without default by %j", (value) => {
    const role = write("auth/approle/role/x", { token_policies: "app", token_no_default_policy: value });
    expect(read(role).principals[0]?.holds.map(({ policy }) => policy)).toEqual(["app"]);
  });

  test("names the policies of a team of GitHub by its value", () => {
    const { principals } = read(write("auth/github/map/teams/dev", { value: "admin,app" }));
    expect(principals[0]?.holds.map(({ policy }) => policy)).toEqual(["admin", "app", "default"]);
  });

  test("or a time that is none of those that are read", () => {
    const role = (token_ttl: string) => write("auth/approle/role/x", { token_policies: "app", token_ttl });
    expect(told(role("1 fortnight"), role("2 fortnights"))).toBe(true);
  });
});
