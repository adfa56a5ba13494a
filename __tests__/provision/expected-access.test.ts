import type { Construct } from "constructs";
import type { Catalog, CatalogPrincipal } from "../../catalog/catalog";
import { sensitive } from "../../constructs/field";
import { System } from "../../constructs/system";
import { environmentNamed } from "../../environments";
import { PolicyDocument } from "../../policies/document";
import { AccessList } from "../../policies/semantics/access-list";
import { compareAccess } from "../../provision/compare-access";
import { expectedAccess } from "../../provision/expected-access";
import { verifiedPaths } from "../../provision/verified-paths";
import { environment, type StackJson, synthesized } from "../stacks/workbench";

function grantsOf({ grants }: Catalog, { name, kind }: CatalogPrincipal) {
  return grants.filter((grant) => grant.principal === name && grant.principal_kind === kind);
}

test("what was granted is expected on its paths, and nothing on every other way to the same secrets", () => {
  const { catalog } = synthesized();
  const [shop] = catalog.principals as [CatalogPrincipal];
  const grants = grantsOf(catalog, shop);
  const expected = expectedAccess(catalog, grants, verifiedPaths(catalog, grants, "everything"));
  const shown = Object.fromEntries(
    [...expected].map(([path, { capabilities }]) => [path, [...capabilities].join()]),
  );
  expect(shown).toMatchInlineSnapshot(`
    {
      "secret/data/shop/db": "read",
      "secret/data/shop/partners/strongroom-verification": "",
      "secret/delete/shop/db": "",
      "secret/delete/shop/partners/strongroom-verification": "",
      "secret/destroy/shop/db": "",
      "secret/destroy/shop/partners/strongroom-verification": "",
      "secret/metadata/shop/": "",
      "secret/metadata/shop/db": "",
      "secret/metadata/shop/partners/": "list",
      "secret/metadata/shop/partners/strongroom-verification": "",
      "secret/subkeys/shop/db": "",
      "secret/subkeys/shop/partners/strongroom-verification": "",
      "secret/undelete/shop/db": "",
      "secret/undelete/shop/partners/strongroom-verification": "",
    }
  `);
});

test("by values alone, ways to what is not granted are left out", () => {
  const { catalog } = synthesized();
  const paths = verifiedPaths(catalog, [], "values").map(({ api }) => api);
  expect(paths).toEqual(["secret/data/shop/db", "secret/data/shop/partners/strongroom-verification"]);
});

test("KV v1 has one way to a secret", () => {
  const { catalog } = synthesized(environment({ mounts: { secret: { version: 1 } } }));
  const paths = verifiedPaths(catalog, [], "everything").map(({ api }) => api);
  expect(paths).toContain("secret/shop/db");
  expect(paths.filter((path) => /data|metadata/.test(path))).toEqual([]);
});

describe.each(["openbao@2.7.2", "vault@1.21.1"])("what is expected in dev", (engine) => {
  const { catalog, access } = synthesized(environmentNamed("dev"));
  const written = Object.values(access.resource.vault_policy) as StackJson[];
  const texts = new Map<string, string>(written.map(({ name, policy }) => [name, policy]));

  test.each(catalog.principals.map((each) => [each.api_path, each] as const))(
    `of %s is what ${engine} answers by the written policies`,
    (_, principal) => {
      const grants = grantsOf(catalog, principal);
      const expected = expectedAccess(catalog, grants, verifiedPaths(catalog, grants, "everything"));
      const list = AccessList.compile(
        principal.policies.map((name) => ({
          name,
          document: PolicyDocument.parse(texts.get(name) ?? ""),
        })),
        { engine },
      );
      const answers = new Map([...expected.keys()].map((path) => [path, list.capabilities(path)]));
      expect(compareAccess(principal, expected, answers)).toEqual([]);
    },
  );
});

/** Shapes in which a server answers more on a folder, or on its name without the slash, than anybody was granted there. */
class Overlapping extends System {
  readonly flat = this.family("flat/{name}", {
    description: "Rotated, not listed",
    fields: { value: sensitive() },
  });
  readonly deep = this.family("deep/{a}/{b}", { description: "Listed", fields: { value: sensitive() } });
  readonly shadow = this.secret("deep/one", {
    description: "Named like a folder",
    fields: { value: sensitive() },
  });
  readonly above = this.family("two/{a}", { description: "Rotated", fields: { value: sensitive() } });
  readonly below = this.family("two/{a}/{b}", {
    description: "Listed below it",
    fields: { value: sensitive() },
  });
  readonly app = this.appRole("overlapping");

  constructor(scope: Construct) {
    super(scope, "overlapping", { mount: "secret", owner: "team-shop" });
    this.flat.grantRotate(this.app);
    this.deep.grantList(this.app);
    this.shadow.grantRotate(this.app);
    this.above.grantRotate(this.app);
    this.below.grantList(this.app);
  }
}

describe.each(["openbao@2.7.2", "vault@1.21.1"])("folders and names that meet, on %s", (engine) => {
  const { catalog, access } = synthesized(environment({ systems: [Overlapping] }));
  const [principal] = catalog.principals as [CatalogPrincipal];
  const [written] = Object.values(access.resource.vault_policy) as [StackJson];
  const grants = grantsOf(catalog, principal);
  const expected = expectedAccess(catalog, grants, verifiedPaths(catalog, grants, "everything"));

  function differencesWith(policy: string) {
    const list = AccessList.compile([{ name: "overlapping", document: PolicyDocument.parse(policy) }], {
      engine,
    });
    const answers = new Map([...expected.keys()].map((path) => [path, list.capabilities(path)]));
    return compareAccess(principal, expected, answers);
  }

  test("are no difference", () => {
    expect(differencesWith(written.policy)).toEqual([]);
  });

  test("hide no list that nobody granted", () => {
    const more = `${written.policy}\npath "secret/metadata/flat/" { capabilities = ["list"] }\n`;
    expect(differencesWith(more).map(({ path, beyond }) => [path, ...beyond])).toEqual([
      ["secret/metadata/flat/", "list"],
    ]);
  });
});
