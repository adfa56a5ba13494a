import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import { sensitive } from "../../constructs/field";
import { ImportedPolicy } from "../../constructs/imported-policy";
import { System } from "../../constructs/system";
import { environmentNamed } from "../../environments";
import { environment, synthesized } from "../stacks/workbench";

test("the catalog tells what there is, whose it is, who may do what with it, and no value", () => {
  expect(synthesized().catalog).toMatchInlineSnapshot(`
    {
      "engine": "openbao@2.7.2",
      "environment": "test",
      "families": [
        {
          "description": "A key for each partner",
          "fields": {
            "key": {
              "kind": "sensitive",
              "optional": false,
              "sensitive": true,
            },
          },
          "mount": "secret",
          "owner": "team-partners",
          "system": "shop",
          "template": "shop/partners/{partner}",
        },
      ],
      "grants": [
        {
          "folders": [
            "shop/",
          ],
          "intent": "read",
          "mount": "secret",
          "pattern": "shop/db",
          "principal": "shop",
          "principal_kind": "approle",
        },
        {
          "folders": [
            "shop/partners/",
          ],
          "intent": "list",
          "mount": "secret",
          "pattern": "shop/partners/+",
          "principal": "shop",
          "principal_kind": "approle",
        },
      ],
      "guardrails": [],
      "imported_policies": [],
      "mounts": [
        {
          "kv_version": 2,
          "path": "secret",
        },
      ],
      "principals": [
        {
          "api_path": "auth/approle/role/shop",
          "derived_policy": "shop",
          "imported_policies": [],
          "kind": "approle",
          "name": "shop",
          "policies": [
            "shop",
          ],
          "system": "shop",
        },
      ],
      "schema_version": 1,
      "secrets": [
        {
          "description": "The orders",
          "env": {
            "DB_PASSWORD": "password",
          },
          "fields": {
            "host": {
              "kind": "text",
              "optional": false,
              "sensitive": false,
            },
            "password": {
              "kind": "sensitive",
              "optional": false,
              "sensitive": true,
            },
            "port": {
              "default": 5432,
              "kind": "port",
              "optional": false,
              "sensitive": false,
            },
          },
          "mount": "secret",
          "owner": "team-shop",
          "path": "shop/db",
          "rotate_seconds": 7776000,
          "system": "shop",
        },
      ],
      "systems": [
        {
          "mount": "secret",
          "name": "shop",
          "owner": "team-shop",
        },
      ],
    }
  `);
});

test("the catalog is written beside the stacks, and the same each time", () => {
  const first = synthesized();
  expect(synthesized().everything).toBe(first.everything);
  expect(first.everything).toContain(JSON.stringify(first.catalog));
});

test("every grant names a principal, a mount and a declared place", () => {
  const { catalog } = synthesized(environmentNamed("dev"));
  const principals = new Set(catalog.principals.map(({ name, kind }) => `${kind} ${name}`));
  const mounts = new Set(catalog.mounts.map(({ path }) => path));
  const odd = catalog.grants.filter(
    (grant) => !principals.has(`${grant.principal_kind} ${grant.principal}`) || !mounts.has(grant.mount),
  );
  expect(odd).toEqual([]);
});

describe("places", () => {
  class Placed extends System {
    readonly db = this.secret("placed/db", {
      description: "A database",
      fields: { password: sensitive() },
    });
    readonly written = ImportedPolicy.fromText(this, "by-hand", 'path "x" { capabilities = ["read"] }');
    readonly app = this.appRole("placed", { policies: [this.written] });

    constructor(scope: Construct) {
      super(scope, "placed", { mount: "secret", owner: "team-placed" });
      this.db.grantRead(this.app);
    }
  }
  const declared = environment({ systems: [Placed] });

  test("are told on request: of each declaration, and of each grant the call that makes it", () => {
    const { catalog } = synthesized(declared, {}, { places: true });
    const lineOf = (part: string) =>
      readFileSync("__tests__/catalog/catalog.test.ts", "utf8")
        .split("\n")
        .findIndex((line) => line.includes(part)) + 1;
    const at = (part: string) => ({
      file: "__tests__/catalog/catalog.test.ts",
      line: lineOf(part),
    });
    expect(catalog.secrets[0]?.place).toEqual(at("readonly db ="));
    expect(catalog.principals[0]?.place).toEqual(at("readonly app ="));
    expect(catalog.grants[0]?.place).toEqual(at("this.db.grantRead"));
    expect(catalog.imported_policies).toEqual([{ name: "by-hand", place: at("readonly written =") }]);
    expect(catalog.principals[0]).toMatchObject({
      policies: ["placed", "by-hand"],
      derived_policy: "placed",
      imported_policies: ["by-hand"],
    });
  });

  test("are left out otherwise", () => {
    expect(synthesized(declared).everything).not.toContain('"place"');
  });
});

test("an imported policy tells the file that holds it, from the project's folder", () => {
  class FromFile extends System {
    constructor(scope: Construct) {
      super(scope, "from-file", { mount: "secret", owner: "team" });
      const file = join(process.cwd(), "__tests__/catalog/catalog.hcl");
      this.appRole("reader", { policies: [this.policy("by-hand", file)] });
    }
  }
  const { catalog } = synthesized(environment({ systems: [FromFile] }));
  expect(catalog.imported_policies).toEqual([{ name: "by-hand", file: "__tests__/catalog/catalog.hcl" }]);
});
