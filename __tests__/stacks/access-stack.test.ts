import { environment, resource, type StackJson, synthesized } from "./workbench";

const HOME = process.env.STRONGROOM_HOME;
beforeAll(() => {
  process.env.STRONGROOM_HOME = "/home/me/strongroom";
});
afterAll(() => {
  if (HOME === undefined) delete process.env.STRONGROOM_HOME;
  else process.env.STRONGROOM_HOME = HOME;
});

/** Without what cdktf notes about each construct. */
function plain(stack: StackJson): StackJson {
  return JSON.parse(JSON.stringify(stack, (key, value) => (key === "//" ? undefined : value)));
}

test("one system comes to its mount, its login method, its role and its policy", () => {
  expect(plain(synthesized().access)).toMatchInlineSnapshot(`
    {
      "provider": {
        "vault": [
          {
            "address": "http://127.0.0.1:8200",
            "skip_child_token": true,
            "token": "\${trimspace(file("/home/me/strongroom/test/terraform.token"))}",
          },
        ],
      },
      "resource": {
        "terraform_data": {
          "mountsecret_ready_7E011645": {
            "provisioner": [
              {
                "local-exec": {
                  "command": "node bin/strongroom.mjs await-mount secret",
                  "working_dir": "../../..",
                },
              },
            ],
            "triggers_replace": {
              "accessor": "\${vault_mount.mountsecret_mount_E0A916C3.accessor}",
            },
          },
        },
        "vault_approle_auth_backend_role": {
          "shop_approleroleshop_role_5A29641E": {
            "backend": "approle",
            "depends_on": [
              "vault_policy.shop_approleroleshop_policy_667F1CDE",
              "vault_auth_backend.authapprole_backend_48C197C0",
            ],
            "role_name": "shop",
            "token_max_ttl": 14400,
            "token_policies": [
              "shop",
            ],
            "token_ttl": 3600,
          },
        },
        "vault_auth_backend": {
          "authapprole_backend_48C197C0": {
            "path": "approle",
            "type": "approle",
          },
        },
        "vault_generic_endpoint": {
          "mountsecret_config_CE935EC3": {
            "data_json": "{"max_versions":10,"cas_required":false,"delete_version_after":"0s"}",
            "depends_on": [
              "terraform_data.mountsecret_ready_7E011645",
            ],
            "disable_delete": true,
            "ignore_absent_fields": true,
            "path": "secret/config",
          },
        },
        "vault_mount": {
          "mountsecret_mount_E0A916C3": {
            "lifecycle": {
              "prevent_destroy": true,
            },
            "options": {
              "version": "2",
            },
            "path": "secret",
            "type": "kv",
          },
        },
        "vault_policy": {
          "shop_approleroleshop_policy_667F1CDE": {
            "name": "shop",
            "policy": "# read values: granted by test-access/shop/shop.db to shop
    path "secret/data/shop/db" {
      capabilities = ["read"]
    }

    # see names: granted by test-access/shop/shop.partners.{partner} to shop
    path "secret/metadata/shop/partners/" {
      capabilities = ["list"]
    }
    ",
          },
        },
        "vault_quota_rate_limit": {
          "quota": {
            "name": "strongroom",
            "path": "",
            "rate": 2000,
          },
        },
      },
      "terraform": {
        "backend": {
          "local": {
            "path": "../../../state/test-access.tfstate",
          },
        },
        "required_providers": {
          "vault": {
            "source": "hashicorp/vault",
            "version": ">= 3.3.1, < 6.0.0",
          },
        },
      },
    }
  `);
});

describe("the provider", () => {
  test("takes its token from a file when it runs, so that none is written here", () => {
    const { access, everything } = synthesized();
    expect(access.provider.vault).toEqual([
      {
        address: "http://127.0.0.1:8200",
        skip_child_token: true,
        token: `\${trimspace(file("/home/me/strongroom/test/terraform.token"))}`,
      },
    ]);
    expect(everything).not.toMatch(/\b(hvs|hvb|s)\.[A-Za-z0-9]{10,}/);
  });

  test("takes the token of somebody else's server from the process environment", () => {
    const { access } = synthesized(environment(), {
      target: "existing",
      address: "https://vault.example.com/",
    });
    expect(access.provider.vault).toEqual([{ address: "https://vault.example.com", skip_child_token: true }]);
  });

  test("takes a home that looks like an expression of Terraform's for a folder", () => {
    process.env.STRONGROOM_HOME = '/home/a "b"/$' + "{c}";
    try {
      expect(synthesized().access.provider.vault[0].token).toBe(
        '${trimspace(file("/home/a \\"b\\"/$$' + '{c}/test/terraform.token"))}',
      );
    } finally {
      process.env.STRONGROOM_HOME = "/home/me/strongroom";
    }
  });

  test("may be of any version whose arguments are used here", () => {
    expect(synthesized().access.terraform.required_providers).toEqual({
      vault: { source: "hashicorp/vault", version: ">= 3.3.1, < 6.0.0" },
    });
  });
});

test("state lies in the project, by a path that is the same in every clone", () => {
  expect(synthesized().access.terraform.backend).toEqual({
    local: { path: "../../../state/test-access.tfstate" },
  });
});

describe("audit devices", () => {
  const devices = (engine: string, target: string) =>
    Object.values(
      (synthesized(environment(), {
        engine,
        target,
        address: "https://vault.example.com",
      }).access.resource.vault_audit ?? {}) as Record<string, StackJson>,
    ).map(({ path, options }) => [path, options]);

  test("of Vault go to a file that is its own, and to standard output", () => {
    expect(devices("vault@1.21.1", "container")).toEqual([
      ["to-file", { file_path: "/vault/logs/audit.log", mode: "0600" }],
      ["to-stdout", { file_path: "stdout" }],
    ]);
  });

  test("of OpenBao are not made through the API, which refuses it", () => {
    expect(devices("openbao@2.7.2", "container")).toEqual([]);
  });

  test("of somebody else's server are his own business", () => {
    expect(devices("vault@1.21.1", "existing")).toEqual([]);
  });
});

test("requests are limited for each client, as the environment says", () => {
  expect(resource(synthesized().access, "vault_quota_rate_limit")).toEqual({
    name: "strongroom",
    path: "",
    rate: 2000,
  });
  const slower = synthesized(environment({ requestsPerSecond: 50 })).access;
  expect(resource(slower, "vault_quota_rate_limit").rate).toBe(50);
});

test("the real environment mounts secret and datligent, kept from being destroyed", async () => {
  const { environmentNamed } = await import("../../environments");
  const { access } = synthesized(environmentNamed("dev"));
  for (const path of ["secret", "datligent"]) {
    expect(resource(access, "vault_mount", `mount.${path}`)).toMatchObject({
      path,
      type: "kv",
      options: { version: "2" },
      lifecycle: { prevent_destroy: true },
    });
  }
  expect(Object.keys(access.resource.vault_auth_backend)).toHaveLength(2);
});

test("no value passes through: every environment's synthesis holds kinds of fields and no field of data", async () => {
  const { environmentNamed } = await import("../../environments");
  for (const name of ["dev", "staging", "production"]) {
    const { access } = synthesized(environmentNamed(name));
    expect(access.resource.vault_kv_secret_v2).toBeUndefined();
    expect(access.resource.vault_generic_secret).toBeUndefined();
    const written = Object.values(access.resource.vault_generic_endpoint) as StackJson[];
    expect(written.map(({ path }) => path).sort()).toEqual(["datligent/config", "secret/config"]);
    expect(access.output).toBeUndefined();
  }
});
