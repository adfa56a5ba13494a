import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

const RULE = 'path "secret/data/app" { capabilities = ["read"] }';

function resource(type: string, name: string, values: object) {
  return { address: `${type}.${name}`, mode: "managed", type, name, values };
}

const read = (json: unknown) => revisionOfTerraform(json, "plan.json", { defaultEngine: "vault@1.21.1" });

describe("a plan", () => {
  test("tells what there will be, with the file as its place and the engine it was given", () => {
    const revision = read({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [resource("vault_policy", "app", { name: "app", policy: RULE })],
          child_modules: [
            {
              resources: [
                {
                  ...resource("vault_approle_auth_backend_role", "app", {
                    backend: "approle",
                    role_name: "app",
                    token_policies: ["app"],
                    token_ttl: 600,
                    token_bound_cidrs: ["10.1.2.3"],
                  }),
                  address: "module.team.vault_approle_auth_backend_role.app",
                },
              ],
            },
          ],
        },
      },
    });
    expect(revision).toMatchObject({ label: "plan.json", engine: "vault@1.21.1", doubts: [] });
    expect(revision.policies[0]).toMatchObject({
      name: "app",
      place: { file: "plan.json" },
      verbatim: false,
    });
    expect(revision.principals[0]).toMatchObject({
      name: "auth/approle/role/app",
      constraints: [
        { name: "token_bound_cidrs", kind: "networks", values: ["10.1.2.3/32"] },
        { name: "token_ttl", kind: "limit", value: 600, unit: "seconds" },
        { name: "bind_secret_id", kind: "required", value: true },
      ],
    });
  });

  test("keeps what is known after apply as a doubt, and follows references to ids", () => {
    const revision = read({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            resource("vault_policy", "late", { name: "late" }),
            resource("vault_token_auth_backend_role", "late", {
              role_name: "late",
              allowed_policies: ["late"],
            }),
            resource("vault_identity_entity", "ana", { name: "ana", policies: ["ana"] }),
            resource("vault_identity_group", "ops", { name: "ops", policies: ["ops"] }),
          ],
        },
      },
      resource_changes: [
        { address: "vault_policy.late", change: { after_unknown: { id: true, policy: true } } },
        { address: "vault_identity_entity.ana", change: { after_unknown: { id: true, policies: [false] } } },
        {
          address: "vault_identity_group.ops",
          change: { after_unknown: { id: true, member_entity_ids: true } },
        },
      ],
      configuration: {
        root_module: {
          resources: [
            {
              address: "vault_identity_group.ops",
              expressions: {
                member_entity_ids: {
                  references: ["vault_identity_entity.ana.id", "vault_identity_entity.ana"],
                },
              },
            },
          ],
        },
      },
    });
    expect(revision.doubts).toMatchObject([
      {
        reason: 'the text of policy "late" (vault_policy.late) is not known: known after apply',
        principals: ["auth/token/roles/late"],
      },
    ]);
    const ana = revision.principals.find(({ kind }) => kind === "entity");
    expect(ana?.holds.map(({ policy }) => policy)).toEqual(["ana", "ops"]);
  });
});

test("a plan knows an auth mount by its type where its path is left to the provider, and defaults that nobody configured", () => {
  const { principals, doubts, auditDevices } = read({
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: [
          resource("vault_auth_backend", "k", { type: "kubernetes" }),
          resource("vault_audit", "f", { type: "file" }),
          resource("vault_kubernetes_auth_backend_role", "r", { role_name: "r", token_policies: ["a"] }),
          resource("vault_kubernetes_auth_backend_role", "s", { role_name: "s", token_policies: ["a"] }),
        ],
      },
    },
    resource_changes: [
      { address: "vault_auth_backend.k", change: { after_unknown: { path: true, accessor: true } } },
      { address: "vault_audit.f", change: { after_unknown: { path: true } } },
      {
        address: "vault_kubernetes_auth_backend_role.r",
        change: { after_unknown: { backend: true, alias_name_source: true } },
      },
      { address: "vault_kubernetes_auth_backend_role.s", change: { after_unknown: { backend: true } } },
    ],
    configuration: {
      root_module: {
        resources: [
          { address: "vault_auth_backend.k", expressions: { type: {} } },
          { address: "vault_audit.f", expressions: { type: {} } },
          {
            address: "vault_kubernetes_auth_backend_role.r",
            expressions: { backend: { references: ["vault_auth_backend.k.path", "vault_auth_backend.k"] } },
          },
          {
            address: "vault_kubernetes_auth_backend_role.s",
            expressions: { backend: { references: ["data.external.where.result"] } },
          },
        ],
      },
    },
  });
  expect(auditDevices).toMatchObject([{ path: "file/" }]);
  expect(principals).toMatchObject([{ name: "auth/kubernetes/role/r", constraints: [] }]);
  expect(doubts.map(({ reason }) => reason)).toEqual([
    "where vault_kubernetes_auth_backend_role.s lets somebody log in is not known: known after apply",
  ]);
});

test("a state tells what there is; an empty one nothing", () => {
  const { principals } = read({
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: {
      root_module: {
        resources: [
          resource("vault_kubernetes_auth_backend_role", "web", {
            backend: "kubernetes",
            role_name: "web",
            bound_service_account_names: ["web"],
            bound_service_account_namespaces: ["*"],
            audience: "vault",
            token_policies: ["web"],
            token_no_default_policy: true,
          }),
          { ...resource("vault_policy", "x", { name: "x" }), mode: "data" },
        ],
      },
    },
  });
  expect(principals).toMatchObject([
    {
      title: "KubernetesRole web",
      holds: [{ policy: "web", by: "role" }],
      constraints: [
        { name: "bound_service_account_names", values: ["web"] },
        { name: "bound_service_account_namespaces", values: ["*"] },
        { name: "audience", values: ["vault"] },
      ],
    },
  ]);
  expect(read({ format_version: "1.0" }).principals).toEqual([]);
});

test.each([
  [{ format_version: "0.2", planned_values: {} }, /plan of format 0\.2, and formats 1\.x are read/],
  [{ format_version: "2.0", values: {} }, /state of format 2\.0/],
  [{ version: 4, lineage: "x", resources: [] }, /Terraform's own state file.*\n.*terraform show -json/],
  [{ hello: "world" }, /neither a plan nor a state nor a configuration/],
  [[], /neither a plan nor a state nor a configuration/],
])("%j is refused, with what to give instead", (json, message) => {
  expect(() => read(json)).toThrow(message);
});
