import { environmentNamed } from "../../environments";
import { synthesized } from "../stacks/workbench";

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
      "mounts": [
        {
          "kv_version": 2,
          "path": "secret",
        },
      ],
      "principals": [
        {
          "api_path": "auth/approle/role/shop",
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
