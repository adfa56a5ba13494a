// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

const ID = "8c3ab1d0-0000-0000-0000-000000000000";

const resource = (type: string, values: object, mode = "managed") => ({
  address: `${mode === "data" ? "data." : ""}${type}.web`,
  mode,
  type,
  values,
});

const ROLE = { backend: "approle", role_name: "web", role_id: "r-1", token_policies: ["web"] };
const ALIAS = { name: "r-1", mount_accessor: "auth_approle_1", canonical_id: ID };

/** A role whose entity brings a policy; the method is somebody else's. */
const managed = [
  resource("vault_approle_auth_backend_role", ROLE),
  resource("vault_identity_entity", { id: ID, name: "web", policies: ["extra"] }),
  resource("vault_identity_entity_alias", ALIAS),
];
const method = resource("vault_auth_backend", { path: "approle", accessor: "auth_approle_1" }, "data");

const held = (json: unknown) => {
  const { principals, doubts } = revisionOfTerraform(json, "state.json", {});
  return {
    principals: principals.map(({ name, holds }) => [name, holds.map(({ policy }) => policy)]),
    doubts: doubts.map(({ reason }) => reason),
  };
};

const tied = { principals: [["auth/approle/role/web", ["web", "default", "extra"]]], doubts: [] };

describe("an auth method that Terraform only looks up", () => {
  test("ties an alias to its role in a state", () => {
    const values = { root_module: { resources: [method, ...managed] } };
    expect(held({ format_version: "1.0", values })).toEqual(tied);
  });

  test("and in a plan, where what is looked up stands with what was there before", () => {
    const prior_state = { values: { root_module: { child_modules: [{ resources: [method] }] } } };
    const planned_values = { root_module: { resources: managed } };
    expect(held({ format_version: "1.2", planned_values, prior_state })).toEqual(tied);
  });

  test("and in a configuration, by a reference to it", () => {
    const { role_id: _, ...role } = ROLE;
    const json = {
      data: { vault_auth_backend: { approle: { path: "approle" } } },
      resource: {
        vault_approle_auth_backend_role: { web: role },
        vault_identity_entity: { web: { name: "web", policies: ["extra"] } },
        vault_identity_entity_alias: {
          web: {
            name: "${vault_approle_auth_backend_role.web.role_id}",
            mount_accessor: "${data.vault_auth_backend.approle.accessor}",
            canonical_id: "${vault_identity_entity.web.id}",
          },
        },
      },
    };
    expect(held(json)).toEqual(tied);
  });
});

test("an alias of a method that nobody knows is a doubt: whose login carries the entity cannot be told", () => {
  const { doubts } = held({ format_version: "1.0", values: { root_module: { resources: managed } } });
  expect(doubts).toEqual(['which auth method the alias "r-1" of the entity web belongs to is not known']);
});
