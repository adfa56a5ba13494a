// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

const read = (resource: object) => revisionOfTerraform({ resource }, "stack.tf.json", {});

const names = (resource: object) => read(resource).principals.map(({ name }) => name);
const reasons = (resource: object) => read(resource).doubts.map(({ reason }) => reason);

const USER = { data_json: '{"password":"x","token_policies":"app"}' };

// The provider sends what it is given, and its client cleans the path: terraform-provider-vault 3.3.1 was tried on a server.
describe("a resource that writes to any path", () => {
  test.each(["vault_generic_secret", "vault_kv_secret", "vault_generic_endpoint"])(
    "%s makes a login where that path is one's",
    (type) => {
      expect(names({ [type]: { eve: { path: "auth/userpass/users/eve", ...USER } } })).toEqual([
        "auth/userpass/users/eve",
      ]);
    },
  );

  test.each([
    "kv/../auth/userpass/users/eve",
    "auth//userpass/./users/eve",
    "/auth/userpass/users/x/../eve/",
  ])("is followed to where %s leads", (path) => {
    for (const type of ["vault_generic_secret", "vault_generic_endpoint"])
      expect(names({ [type]: { eve: { path, ...USER } } })).toEqual(["auth/userpass/users/eve"]);
  });

  test("is a doubt where its path or what it writes is not known", () => {
    expect(reasons({ vault_generic_secret: { s: { path: "${var.path}", ...USER } } })).toEqual([
      "what vault_generic_secret.s writes to is not known",
    ]);
    const open = { path: "auth/userpass/users/eve", data_json: "${var.user}" };
    expect(reasons({ vault_kv_secret: { s: open } })).toEqual([
      "what vault_kv_secret.s writes to auth/userpass/users/eve is not known",
    ]);
  });

  test("is none of access where it writes a secret", () => {
    for (const data_json of ['{"password":"x"}', "${var.secret}"]) {
      const resource = { vault_generic_secret: { s: { path: "secret/app/auth/x", data_json } } };
      expect(read(resource)).toMatchObject({ principals: [], doubts: [] });
    }
  });
});

test("a policy whose name leads to another one is that other one", () => {
  const text = (path: string) => `path "${path}" { capabilities = ["read"] }`;
  const { doubts, policies } = read({
    vault_policy: {
      app: { name: "app", policy: text("secret/data/app") },
      detour: { name: "zz/../app", policy: text("secret/*") },
    },
  });
  expect(policies.map(({ name }) => name)).toEqual(["app"]);
  expect(doubts.map(({ reason }) => reason)).toEqual([
    'the policy "app" is declared 2 times, and the last to be applied wins',
  ]);
});

test("a role whose name leads to another one is that other one", () => {
  const role = { role_name: "x/../admin", token_policies: ["app"] };
  expect(names({ vault_approle_auth_backend_role: { r: role } })).toEqual(["auth/approle/role/admin"]);
});

test("what decides nothing by itself is a doubt where its name leads elsewhere", () => {
  const key = (name: string) => ({ vault_transit_secret_backend_key: { k: { backend: "transit", name } } });
  expect(reasons(key("../../auth/approle/role/x"))).toEqual([
    'vault_transit_secret_backend_key.k leads elsewhere, by its name "../../auth/approle/role/x"',
  ]);
  expect(reasons(key("v1..2"))).toEqual([]);
});
