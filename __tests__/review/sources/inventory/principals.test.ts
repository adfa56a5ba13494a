import type { ApiObject } from "../../../../review/sources/inventory/api-object";
import { assemble } from "../../../../review/sources/inventory/assemble";
import { emptyInventory } from "../../../../review/sources/inventory/inventory";
import { record } from "../../../../review/sources/inventory/record";
import type { Settings } from "../../../../review/sources/inventory/value";

function read(...objects: readonly [string, Settings, Partial<ApiObject>?][]) {
  const inventory = emptyInventory();
  for (const [path, settings, more] of objects) record(inventory, { path, settings, label: path, ...more });
  return assemble(inventory, "test", "openbao@2.7.2");
}

const held = (revision: ReturnType<typeof read>, name: string) =>
  revision.principals.find((each) => each.name === name)?.holds.map(({ policy }) => policy);

describe("a token role", () => {
  const text = { policy: 'path "a" { capabilities = ["read"] }' };

  test("brings what it allows by name and by pattern, but not what it refuses", () => {
    const revision = read(
      ["sys/policies/acl/team-a", text],
      ["sys/policies/acl/team-b", text],
      ["sys/policies/acl/other", text],
      [
        "auth/token/roles/tools",
        { allowed_policies: ["own"], allowed_policies_glob: ["team-*"], disallowed_policies: ["team-b"] },
      ],
    );
    expect(held(revision, "auth/token/roles/tools")).toEqual(["own", "team-a", "default"]);
  });

  test.each([{ token_no_default_policy: true }, { disallowed_policies_glob: ["def*"] }])(
    "with %j does not bring default",
    (settings) => {
      const revision = read(["auth/token/roles/tools", { allowed_policies: ["own"], ...settings }]);
      expect(held(revision, "auth/token/roles/tools")).toEqual(["own"]);
    },
  );
});

test("policies under their older name count, and names are compared as engines do", () => {
  const revision = read(["auth/ldap/groups/ops", { policies: " Ops , ops" }]);
  expect(held(revision, "auth/ldap/groups/ops")).toEqual(["ops", "default"]);
});

describe("a login that can be several entities", () => {
  const objects: [string, Settings, Partial<ApiObject>?][] = [
    ["sys/auth/kubernetes", { type: "kubernetes" }, { keys: ["k8s_1"] }],
    [
      "auth/kubernetes/role/web",
      {
        token_policies: ["web"],
        alias_name_source: "serviceaccount_name",
        bound_service_account_names: ["web", "worker"],
        bound_service_account_namespaces: ["shop"],
      },
    ],
    ["identity/entity", { name: "web", policies: ["extra"], id: "e1" }],
    ["identity/entity-alias", { name: "shop/web", mount_accessor: "k8s_1", canonical_id: "e1" }],
  ];

  test("stands alone, and once as each of them", () => {
    const revision = read(...objects);
    expect(revision.principals.map(({ name }) => name)).toEqual([
      "auth/kubernetes/role/web",
      "auth/kubernetes/role/web as web",
    ]);
    expect(held(revision, "auth/kubernetes/role/web as web")).toEqual(["web", "default", "extra"]);
  });

  test("loses everything as an entity that is disabled", () => {
    const disabled = objects.map(([path, settings, more]): (typeof objects)[number] =>
      path === "identity/entity" ? [path, { ...settings, disabled: true }] : [path, settings, more ?? {}],
    );
    expect(held(read(...disabled), "auth/kubernetes/role/web as web")).toEqual([]);
  });

  test("where only the one who logs in decides the name, the entity stands by itself", () => {
    const [mount, , entity, alias] = objects;
    const role: (typeof objects)[number] = ["auth/kubernetes/role/web", { token_policies: ["web"] }];
    const revision = read(...([mount, role, entity, alias] as typeof objects));
    expect(revision.principals.map(({ name }) => name)).toEqual([
      "auth/kubernetes/role/web",
      "identity/entity/name/web",
    ]);
  });
});

test("groups in a circle end", () => {
  const revision = read(
    ["identity/group", { name: "a", id: "a", policies: ["a"], member_group_ids: ["b"] }],
    ["identity/group", { name: "b", id: "b", policies: ["b"], member_group_ids: ["a"] }],
  );
  expect(held(revision, "identity/group/name/a")).toEqual(["a", "b"]);
});

test("engines' own mounts are not told", () => {
  const { mounts } = read(
    ["sys/mounts/sys/", { type: "system" }],
    ["sys/mounts/cubbyhole/", { type: "cubbyhole" }],
    ["sys/mounts/secret/", { type: "kv", options: { version: "2" } }],
    ["sys/mounts/secret/tune", { type: "kv" }],
  );
  expect(mounts).toEqual([{ path: "secret/", type: "kv", kvVersion: 2 }]);
});

describe("policies that claims name at a login", () => {
  const role = (more: Settings) =>
    read(["auth/jwt/role/ci", { token_policies: ["own", "{{ .team }}"], ...more }]);

  test("are a doubt about the role", () => {
    expect(role({ token_policies_template_claims: true }).doubts).toEqual([
      {
        reason: "which policies auth/jwt/role/ci holds is not known: {{ .team }}",
        principals: ["auth/jwt/role/ci"],
      },
    ]);
    expect(held(role({ token_policies_template_claims: true }), "auth/jwt/role/ci")).toEqual([
      "own",
      "default",
    ]);
  });

  test("are names like any other where that is not switched on", () => {
    expect(role({}).doubts).toEqual([]);
  });
});
