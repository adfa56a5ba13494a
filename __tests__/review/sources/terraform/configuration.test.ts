// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
import { assemble } from "../../../../review/sources/inventory/assemble";
import {
  resourcesOfConfiguration,
  type TerraformConfiguration,
} from "../../../../review/sources/terraform/configuration";
import { inventoryOfTerraform } from "../../../../review/sources/terraform/inventory-of";

const RULE = 'path "secret/data/app" { capabilities = ["read"] }';

function read(configuration: unknown) {
  const resources = resourcesOfConfiguration(configuration as TerraformConfiguration);
  return assemble(inventoryOfTerraform(resources), "test", "openbao@2.7.2");
}

function role(more: Record<string, unknown> = {}) {
  return { vault_approle_auth_backend_role: { app: { role_name: "app", token_policies: ["app"], ...more } } };
}

describe("references", () => {
  test("to literals of the same configuration are followed", () => {
    const revision = read({
      locals: { team: "web" },
      resource: {
        vault_policy: { app: { name: "${local.team}-app", policy: RULE } },
        vault_auth_backend: { approle: { type: "approle", path: "logins" } },
        ...role({
          backend: "${vault_auth_backend.approle.path}",
          token_policies: ["${vault_policy.app.name}"],
        }),
      },
    });
    expect(revision.principals).toMatchObject([
      {
        name: "auth/logins/role/app",
        title: "AppRole logins/app",
        kind: "approle",
        holds: [
          { policy: "web-app", by: "role" },
          { policy: "default", by: "default" },
        ],
      },
    ]);
    expect(revision.doubts).toEqual([]);
  });

  test("to what nobody here knows are a doubt about the principal, naming the expression", () => {
    const { doubts, principals } = read({ resource: role({ token_policies: ["app", "${var.more}"] }) });
    expect(doubts).toEqual([
      {
        reason: "which policies auth/approle/role/app holds is not known: ${var.more}",
        principals: ["auth/approle/role/app"],
      },
    ]);
    expect(principals[0]?.holds.map(({ policy }) => policy)).toEqual(["app", "default"]);
  });

  test("in a circle end, and are a doubt", () => {
    const { doubts } = read({
      locals: { a: "${local.b}", b: "${local.a}" },
      resource: role({ token_policies: ["${local.a}"] }),
    });
    expect(doubts).toHaveLength(1);
  });

  test("to a name that is not known are a doubt about the resource", () => {
    const { doubts, principals } = read({ resource: role({ role_name: "${var.name}" }) });
    expect(principals).toEqual([]);
    expect(doubts[0]?.reason).toContain("vault_approle_auth_backend_role.app");
  });

  test("escaped with a second sign are text", () => {
    const policy = 'path "secret/data/$${x}" { capabilities = ["read"] }';
    const { policies } = read({ resource: { vault_policy: { app: { name: "app", policy } } } });
    expect(policies[0]?.document.rules[0]?.path).toBe("secret/data/${x}");
  });
});

describe("a policy's text", () => {
  test("that is not known makes its holders doubtful", () => {
    const { doubts, policies } = read({
      resource: { vault_policy: { app: { name: "app", policy: '${file("app.hcl")}' } }, ...role() },
    });
    expect(policies[0]).toMatchObject({ name: "app", unreadable: [] });
    expect(doubts).toMatchObject([{ principals: ["auth/approle/role/app"] }]);
    expect(doubts[0]?.reason).toContain("file(");
  });

  test("that the engine refuses is kept, with what is wrong", () => {
    const policy = 'path "a" { capabilities = ["raed"] }';
    const { policies } = read({ resource: { vault_policy: { app: { name: "app", policy } } } });
    expect(policies[0]?.unreadable).toHaveLength(1);
    expect(policies[0]?.document.rules).toEqual([]);
  });

  test("made by vault_policy_document is made here too", () => {
    const { policies, doubts } = read({
      data: {
        vault_policy_document: {
          app: {
            rule: [
              {
                path: "secret/data/app",
                capabilities: ["read", "update"],
                description: "the app",
                denied_parameter: [{ key: "x", value: [] }],
              },
              { path: "secret/metadata/${local.team}", capabilities: ["list"] },
            ],
          },
        },
      },
      locals: { team: "web" },
      resource: { vault_policy: { app: { name: "app", policy: "${data.vault_policy_document.app.hcl}" } } },
    });
    expect(doubts).toEqual([]);
    expect(policies[0]?.document.rules).toMatchObject([
      { path: "secret/data/app", capabilities: ["read", "update"] },
      { path: "secret/metadata/web", capabilities: ["list"] },
    ]);
  });

  test("under a name that is taken is a doubt: the last to be applied wins", () => {
    const policy = { name: "app", policy: RULE };
    const { doubts } = read({ resource: { vault_policy: { one: policy, two: policy } } });
    expect(doubts[0]?.reason).toContain('the policy "app" is declared 2 times');
  });
});

describe("count and for_each", () => {
  test("that are literal make each one", () => {
    const { policies } = read({
      resource: {
        vault_policy: {
          counted: { count: 2, name: "team-${count.index}", policy: RULE },
          each: {
            for_each: { web: "secret/data/web" },
            name: "${each.key}",
            policy: 'path "${each.value}" { capabilities = ["read"] }',
          },
          set: { for_each: '${toset(["a", "b"])}', name: "set-${each.value}", policy: RULE },
          none: { count: 0, name: "none", policy: RULE },
        },
      },
    });
    expect(policies.map(({ name }) => name)).toEqual(["team-0", "team-1", "web", "set-a", "set-b"]);
    expect(policies[2]?.document.rules[0]?.path).toBe("secret/data/web");
  });

  test("that are not are a doubt naming the address", () => {
    const { doubts } = read({
      resource: { vault_policy: { each: { for_each: "${var.teams}", name: "x", policy: RULE } } },
    });
    expect(doubts).toEqual([
      {
        reason: "how many of vault_policy.each there are is not known",
        content: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test("can be referred to by key", () => {
    const { principals } = read({
      resource: {
        vault_policy: { team: { for_each: { web: "x" }, name: "team-${each.key}", policy: RULE } },
        ...role({ token_policies: ['${vault_policy.team["web"].name}'] }),
      },
    });
    expect(principals[0]?.holds[0]?.policy).toBe("team-web");
  });
});

describe("what is not followed", () => {
  test.each([
    [{ module: { team: { source: "./team" } } }, "module.team"],
    [{ resource: { vault_brand_new_access: { x: {} } } }, "vault_brand_new_access.x"],
    [{ resource: { vault_namespace: { x: { path: "team" } } } }, "namespace"],
    [{ resource: { vault_policy: { x: { name: "x", policy: RULE, namespace: "team" } } } }, "namespace"],
    [
      {
        resource: {
          vault_generic_endpoint: { x: { path: "auth/userpass/users/ana", data_json: "${var.x}" } },
        },
      },
      "auth/userpass/users/ana",
    ],
  ])("%j is a doubt", (configuration, words) => {
    const { doubts } = read(configuration);
    expect(doubts.map(({ reason }) => reason).join()).toContain(words);
  });

  test.each([
    { vault_generic_secret: { x: { path: "secret/x", data_json: "${var.x}" } } },
    { vault_quota_rate_limit: { x: { name: "x", rate: 1 } } },
    { vault_kubernetes_auth_backend_config: { x: { kubernetes_host: "https://x" } } },
    { vault_generic_endpoint: { x: { path: "secret/config", data_json: "${var.x}" } } },
    { aws_instance: { x: {} } },
  ])("%j grants nothing, and is passed over", (resource) => {
    expect(read({ resource }).doubts).toEqual([]);
  });
});

test("audit devices stand in the server's configuration or in a resource", () => {
  const content = 'ui = true\naudit "file" "to-file" {\n  options {\n  }\n}\n';
  const { auditDevices } = read({
    resource: {
      docker_container: { holder: { upload: [{ file: "/x/server.hcl", content }] } },
      vault_audit: { syslog: { type: "syslog" } },
    },
  });
  expect(auditDevices).toEqual([
    { path: "to-file/", type: "file" },
    { path: "syslog/", type: "syslog", options: {} },
  ]);
});

test.each([
  ["one attribute of a role", "auth/approle/role/app/policies", { token_policies: ["app"] }],
  ["a token made at once", "auth/token/create/tools", { policies: ["app"] }],
])("policies that are written to %s are a doubt: they were passed over once", (_, path, settings) => {
  const endpoint = { path, data_json: JSON.stringify(settings) };
  const { doubts } = read({ resource: { vault_generic_endpoint: { x: endpoint } } });
  expect(doubts).toMatchObject([{ reason: expect.stringContaining(`writes to ${path}`) }]);
});

test.each([
  ["auth/kubernetes/config", { kubernetes_host: "https://cluster.example" }],
  ["sys/policies/password/strong", { policy: "length = 20" }],
])("%s hands nothing out and is no doubt", (path, settings) => {
  const endpoint = { path, data_json: JSON.stringify(settings) };
  expect(read({ resource: { vault_generic_endpoint: { x: endpoint } } }).doubts).toEqual([]);
});

test("mounts tell the version of KV, and what stays when they are moved", () => {
  const { mounts } = read({
    resource: {
      vault_mount: {
        two: { path: "secret", type: "kv", options: { version: "2" } },
        short: { path: "apps", type: "kv-v2" },
        one: { path: "old", type: "kv" },
        other: { path: "transit", type: "transit" },
      },
    },
  });
  expect(mounts).toEqual([
    { path: "secret/", type: "kv", kvVersion: 2, identity: "vault_mount.two" },
    { path: "apps/", type: "kv", kvVersion: 2, identity: "vault_mount.short" },
    { path: "old/", type: "kv", kvVersion: 1, identity: "vault_mount.one" },
    { path: "transit/", type: "transit", identity: "vault_mount.other" },
  ]);
});

describe("identities", () => {
  const identities = {
    vault_auth_backend: { approle: { type: "approle" }, users: { type: "userpass", path: "people" } },
    vault_identity_entity: { ana: { name: "ana", policies: ["ana"] } },
    vault_identity_group: {
      ops: { name: "ops", policies: ["ops"], member_entity_ids: ["${vault_identity_entity.ana.id}"] },
      all: { name: "all", policies: ["all"], member_group_ids: ["${vault_identity_group.ops.id}"] },
    },
  };
  const alias = (name: string, backend: string) => ({
    name,
    mount_accessor: `\${vault_auth_backend.${backend}.accessor}`,
    canonical_id: "${vault_identity_entity.ana.id}",
  });

  test("reach the role whose role id an alias names, with groups and the groups that hold those", () => {
    const { principals, doubts } = read({
      resource: {
        ...identities,
        ...role(),
        vault_identity_entity_alias: {
          app: alias("${vault_approle_auth_backend_role.app.role_id}", "approle"),
        },
      },
    });
    expect(doubts).toEqual([]);
    expect(principals.map(({ name }) => name)).toEqual([
      "auth/approle/role/app",
      "identity/group/name/ops",
      "identity/group/name/all",
    ]);
    expect(principals[0]?.holds).toEqual([
      { policy: "app", by: "role" },
      { policy: "default", by: "default" },
      { policy: "ana", by: "entity", through: "ana" },
      { policy: "ops", by: "group", through: "ops" },
      { policy: "all", by: "group", through: "all" },
    ]);
    expect(principals[1]?.holds.map(({ policy }) => policy)).toEqual(["ops", "all"]);
  });

  test("reach a user by name", () => {
    const { principals } = read({
      resource: {
        ...identities,
        vault_generic_endpoint: {
          ana: { path: "auth/people/users/ana", data_json: '{"token_policies": "mine,yours"}' },
        },
        vault_identity_entity_alias: { ana: alias("ana", "users") },
      },
    });
    expect(principals[0]).toMatchObject({ name: "auth/people/users/ana", kind: "userpass" });
    expect(principals[0]?.holds.map(({ policy }) => policy)).toEqual([
      "mine",
      "yours",
      "default",
      "ana",
      "ops",
      "all",
    ]);
  });

  test("that no login is known to make stand by themselves", () => {
    const { principals } = read({ resource: identities });
    expect(principals.map(({ name }) => name)).toContain("identity/entity/name/ana");
  });

  test("take what other resources add to them", () => {
    const { principals, doubts } = read({
      resource: {
        ...identities,
        vault_identity_entity_policies: {
          more: { entity_id: "${vault_identity_entity.ana.id}", policies: ["more"] },
        },
        vault_identity_group_policies: {
          lost: { group_id: "${data.vault_identity_group.x.id}", policies: ["lost"] },
        },
      },
    });
    const ana = principals.find(({ name }) => name === "identity/entity/name/ana");
    expect(ana?.holds.map(({ policy }) => policy)).toEqual(["ana", "more", "ops", "all"]);
    expect(doubts).toHaveLength(1);
    expect(doubts[0]?.reason).toContain("vault_identity_group_policies.lost");
  });

  test("take members and groups inside a group that other resources add to it", () => {
    const { principals, doubts } = read({
      resource: {
        vault_identity_entity: { eve: { name: "eve", policies: ["eve"] } },
        vault_identity_group: { in: { name: "in" }, out: { name: "out" } },
        vault_identity_group_policies: {
          out: { group_id: "${vault_identity_group.out.id}", policies: ["out"] },
        },
        vault_identity_group_member_entity_ids: {
          eve: {
            group_id: "${vault_identity_group.in.id}",
            member_entity_ids: ["${vault_identity_entity.eve.id}"],
          },
        },
        vault_identity_group_member_group_ids: {
          in: {
            group_id: "${vault_identity_group.out.id}",
            member_group_ids: ["${vault_identity_group.in.id}"],
          },
        },
      },
    });
    expect(doubts).toEqual([]);
    const eve = principals.find(({ name }) => name === "identity/entity/name/eve");
    expect(eve?.holds).toEqual([
      { policy: "eve", by: "entity", through: "eve" },
      { policy: "out", by: "group", through: "out" },
    ]);
  });

  test("whose alias or members lead nowhere are a doubt", () => {
    const { doubts } = read({
      resource: {
        ...identities,
        ...role(),
        vault_identity_entity_alias: { app: alias("${var.role_id}", "approle") },
        vault_identity_group: {
          ops: { name: "ops", policies: ["ops"], member_entity_ids: ["${var.someone}"] },
        },
      },
    });
    expect(doubts).toEqual([
      {
        reason: "whom the entity alias vault_identity_entity_alias.app ties to what is not known",
        principals: ["identity/entity/name/ana"],
        content: expect.any(String),
      },
      {
        reason: 'who is in the group "ops" is not known',
        principals: ["identity/group/name/ops"],
        content: expect.any(String),
      },
    ]);
  });
});

describe("blocks as lists, which Terraform's JSON takes at every level", () => {
  const policy = { name: "app", policy: RULE };
  const app = { role_name: "app", token_policies: ["${vault_policy.app.name}"] };

  test.each([
    ["all", [{ vault_policy: { app: policy } }, { vault_approle_auth_backend_role: { app } }]],
    ["types", { vault_policy: [{ app: policy }], vault_approle_auth_backend_role: [{ app }] }],
    ["names", { vault_policy: { app: [policy] }, vault_approle_auth_backend_role: { app: [app] } }],
    [
      "comments between",
      [
        { "//": "x", vault_policy: { "//": "x", app: policy } },
        { vault_approle_auth_backend_role: [{ app }] },
      ],
    ],
  ])("are the same blocks: %s", (_, resource) => {
    const { principals, policies, doubts } = read({ resource });
    expect(policies.map(({ name }) => name)).toEqual(["app"]);
    expect(principals.map(({ holds }) => holds[0]?.policy)).toEqual(["app"]);
    expect(doubts).toEqual([]);
  });

  test("of data, providers and modules too", () => {
    const rule = [{ path: "secret/data/app", capabilities: ["read"] }];
    const { policies, doubts } = read({
      data: [{ vault_policy_document: [{ app: [{ rule }] }] }],
      provider: [{ vault: [{ namespace: "team" }] }],
      module: [{ team: [{ source: "./team" }] }],
      resource: [{ vault_policy: { app: { name: "app", policy: "${data.vault_policy_document.app.hcl}" } } }],
    });
    expect(policies[0]?.document.rules).toHaveLength(1);
    expect(doubts.map(({ reason }) => reason)).toEqual([
      "module.team is not looked into: show a plan of it instead",
      "everything stands in the namespace team, which is read as if it were the root",
    ]);
  });
});

test.each([
  '${join("-", ["team", var.name])}',
  '${lower(["Team"])}',
  "${trimspace([var.name])}",
  '${join(var.glue, ["team"])}',
  "${tostring([var.name])}",
  '${join("-", [["team"]])}',
])("%s is not followed: something in it has no text", (name) => {
  const { doubts } = read({ resource: role({ token_policies: [name] }) });
  expect(doubts.map(({ reason }) => reason)).toEqual([
    `which policies auth/approle/role/app holds is not known: ${name}`,
  ]);
});
