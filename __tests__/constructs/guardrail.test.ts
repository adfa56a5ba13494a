import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Construct } from "constructs";
import { sensitive } from "../../constructs/field";
import type { Guardrail } from "../../constructs/guardrail";
import { nobody, none, noOtherSystem, only } from "../../constructs/guardrail-words";
import { ImportedPolicy } from "../../constructs/imported-policy";
import { System } from "../../constructs/system";
import type { SystemClass } from "../../stacks/environment";
import { environment, synthesized } from "../stacks/workbench";
import { refusal } from "./workbench";

class Shop extends System {
  readonly db = this.secret("shop/db", {
    description: "Orders",
    fields: { password: sensitive() },
  });
  readonly keys = this.family("shop/keys/{partner}", {
    description: "Keys",
    fields: { key: sensitive() },
  });
  readonly app = this.appRole("shop");
  readonly pod = this.kubernetesRole("shop", {
    serviceAccounts: ["shop"],
    namespaces: ["default"],
    audience: "vault",
  });
  readonly ci = this.appRole("shop-ci");

  constructor(scope: Construct) {
    super(scope, "shop", { mount: "secret", owner: "team-shop" });
    this.db.grantRead(this.app, this.pod);
    this.keys.grantWrite(this.ci);
  }

  public override everySecret() {
    return super.everySecret();
  }
}

/** The shop with guardrails of its own. */
function guarded(guardrails: (shop: Shop) => readonly Guardrail[]): SystemClass {
  return class extends Shop {
    constructor(scope: Construct) {
      super(scope);
      for (const each of guardrails(this)) this.guardrail(each);
    }
  };
}

/** A system whose role carries a policy that was written by hand. */
function outsider(policy: (system: System) => ImportedPolicy): SystemClass {
  return class extends System {
    constructor(scope: Construct) {
      super(scope, "outsider", { mount: "secret", owner: "team-outside" });
      this.appRole("outsider", { policies: [policy(this)] });
    }
  };
}

const byHand = (text: string) => outsider((system) => ImportedPolicy.fromText(system, "by-hand", text));
const WIDE = 'path "secret/*" { capabilities = ["read", "update"] }';
const synthesis = (...systems: SystemClass[]) => synthesized(environment({ systems }));
const wordsOf = (guardrails: (shop: Shop) => readonly Guardrail[]) =>
  synthesis(guarded(guardrails)).catalog.guardrails.map(({ words }) => words);

describe("a guardrail that holds", () => {
  test("is in the catalog as data: by names of roles, with the system that declares it", () => {
    const { catalog } = synthesis(guarded((shop) => [only(shop.ci).mayWrite(shop.keys)]));
    expect(catalog.guardrails).toEqual([
      {
        words: "only shop-ci may write values of secret/shop/keys/{partner}",
        subject: { kind: "all-but", principals: ["auth/approle/role/shop-ci"] },
        forbidden: [
          {
            region: "secret/data/shop/keys/+",
            capabilities: ["create", "update", "patch", "recover"],
          },
        ],
        waivers: [],
        system: "shop",
        owner: "team-shop",
      },
    ]);
  });

  test("tells its line when synthesis is asked for places", () => {
    const declared = environment({
      systems: [guarded(() => [nobody.mayReachSudo()])],
    });
    const { catalog } = synthesized(declared, {}, { places: true });
    expect(catalog.guardrails[0]?.place?.file).toBe("__tests__/constructs/guardrail.test.ts");
  });

  test("tells roles that share a name by their kind, and others by their name", () => {
    expect(
      wordsOf((shop) => [
        none(shop.app, shop.pod).mayWrite(shop.db),
        only(shop.ci).mayWrite(shop.keys.where({ partner: "acme" }), shop.db),
      ]),
    ).toEqual([
      "neither AppRole shop nor KubernetesRole shop may write values of secret/shop/db",
      "only shop-ci may write values of secret/shop/keys/acme or secret/shop/db",
    ]);
  });

  test("binds other systems whichever roles its own declares later", () => {
    class Later extends Shop {
      constructor(scope: Construct) {
        super(scope);
        this.guardrail(noOtherSystem.mayReadValues(this.everySecret()));
        this.keys.grantRead(this.appRole("late"));
      }
    }
    const [guardrail] = synthesis(Later).catalog.guardrails;
    expect(guardrail?.words).toBe("no system but shop may read values of any secret of shop");
    expect(guardrail?.subject.principals).toContain("auth/approle/role/late");
  });

  test("about every secret is about those that are declared later, too", () => {
    class Later extends Shop {
      constructor(scope: Construct) {
        super(scope);
        this.guardrail(nobody.mayDestroy(this.everySecret()));
        this.secret("shop/late", {
          description: "Late",
          fields: { value: sensitive() },
        });
      }
    }
    const regions = synthesis(Later).catalog.guardrails[0]?.forbidden.map(({ region }) => region);
    expect(regions).toContain("secret/destroy/shop/late");
  });
});

describe("a guardrail that is broken", () => {
  test("by a grant, names the request, the rule, and the lines of the guardrail and of the grant", () => {
    const shop = guarded((each) => {
      each.keys.grantRead(each.ci);
      return [none(each.ci).mayReadValues(each.everySecret())];
    });
    expect(refusal(() => synthesis(shop))).toMatchInlineSnapshot(`
      "HERE  guardrail "shop-ci may not read values of any secret of shop" is broken: AppRole shop-ci may read secret/data/shop/keys/x, by path "secret/data/shop/keys/+" of policy shop-shop-ci, granted at THERE.
        Take that away from it, or excuse it for a while, with the reason: .waive("auth/approle/role/shop-ci", "why", "2030-01-31")."
    `);
  });

  test("by a policy that was written by hand, names the line of its file", () => {
    const folder = mkdtempSync(join(tmpdir(), "guardrail-"));
    const file = join(folder, "wide.hcl");
    writeFileSync(file, `# For a while.\n\n${WIDE}\n`);
    try {
      const wide = outsider((system) => ImportedPolicy.fromFile(system, "wide", file));
      const shop = guarded((each) => [noOtherSystem.mayReadValues(each.everySecret())]);
      const told = refusal(() => synthesis(shop, wide));
      expect(told.replace(folder, "FOLDER")).toMatchInlineSnapshot(`
        "HERE  guardrail "no system but shop may read values of any secret of shop" is broken: AppRole outsider may read secret/data/shop/db, by path "secret/*" of policy wide (FOLDER/wide.hcl:3).
          Take that away from it, or excuse it for a while, with the reason: .waive("auth/approle/role/outsider", "why", "2030-01-31")."
      `);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("by the default policy, is broken by everybody", () => {
    class WithDefault extends Shop {
      readonly everybody = ImportedPolicy.fromText(this, "default", WIDE);
    }
    const shop = class extends WithDefault {
      constructor(scope: Construct) {
        super(scope);
        this.guardrail(none(this.ci).mayReadValues(this.db));
      }
    };
    expect(refusal(() => synthesis(shop))).toContain("AppRole shop-ci may read secret/data/shop/db");
  });

  test("under conditions only, says so", () => {
    const rule = 'path "secret/data/shop/db" { capabilities = ["update"] allowed_parameters = { a = [] } }';
    const shop = guarded((each) => [nobody.mayWrite(each.db)]);
    expect(refusal(() => synthesis(shop, byHand(rule)))).toContain(
      "AppRole outsider may under conditions update secret/data/shop/db",
    );
  });

  test("several times, tells the first for each guardrail and role, and how many more there are", () => {
    const shop = guarded((each) => [nobody.mayReadValues(each.db), nobody.mayWrite(each.db)]);
    expect(refusal(() => synthesis(shop, byHand(WIDE)))).toMatch(
      /is broken: AppRole shop .*\(and 3 more\)\.$/m,
    );
  });

  test("perhaps, because of a template, is refused just so", () => {
    const rule = 'path "secret/data/{{identity.entity.name}}/db" { capabilities = ["read"] }';
    const shop = guarded((each) => [noOtherSystem.mayReadValues(each.db)]);
    expect(refusal(() => synthesis(shop, byHand(rule)))).toMatchInlineSnapshot(`
      "HERE  guardrail "no system but shop may read values of secret/shop/db" cannot be proved: nobody can tell what AppRole outsider may do on secret/data/shop/db, because only a login tells what path "secret/data/{{identity.entity.name}}/db" of policy by-hand stands for.
        Write the rule so that it can be told, or excuse it for a while, with the reason: .waive("auth/approle/role/outsider", "why", "2030-01-31")."
    `);
  });

  test("by a role of a KV v1 mount, is found on the paths of that version", () => {
    const shop = guarded((each) => {
      each.db.grantRead(each.ci);
      return [none(each.ci).mayReadValues(each.db)];
    });
    const declared = environment({
      systems: [shop],
      mounts: { secret: { version: 1 } },
    });
    expect(refusal(() => synthesized(declared))).toContain("AppRole shop-ci may read secret/shop/db,");
  });
});

describe("a waiver", () => {
  const excused = (until: string, role: "auth/approle/role/outsider" | "auth/approle/role/nobody") =>
    guarded((shop) => [
      noOtherSystem.mayReadValues(shop.db).waive(role, "Moves to grants with the next release", until),
    ]);

  test("lets a synthesis pass until its day is over", () => {
    const { guardrails, catalog } = synthesis(
      excused("2999-12-31", "auth/approle/role/outsider"),
      byHand(WIDE),
    );
    expect(guardrails[0]?.breaches.map(({ waiver }) => waiver?.reason)).toEqual([
      "Moves to grants with the next release",
    ]);
    expect(catalog.guardrails[0]?.waivers).toEqual([
      {
        principal: "auth/approle/role/outsider",
        reason: "Moves to grants with the next release",
        until: "2999-12-31T23:59:59Z",
      },
    ]);
  });

  test("that has run out fails with its date", () => {
    const shop = excused("2020-01-31", "auth/approle/role/outsider");
    expect(refusal(() => synthesis(shop, byHand(WIDE)))).toMatchInlineSnapshot(`
      "HERE  guardrail "no system but shop may read values of secret/shop/db" is broken, and its waiver for AppRole outsider ("Moves to grants with the next release") ran out on 2020-01-31: AppRole outsider may read secret/data/shop/db, by path "secret/*" of policy by-hand (THERE).
        Take that away from it, or excuse it for a while, with the reason: .waive("auth/approle/role/outsider", "why", "2030-01-31")."
    `);
  });

  test("excuses nobody else", () => {
    const shop = guarded((each) => [nobody.mayReadValues(each.db).waive(each.pod, "why", "2999-12-31")]);
    expect(refusal(() => synthesis(shop))).toContain("AppRole shop may read");
  });

  test("that excuses nothing is told, and fails nothing", () => {
    const { guardrails } = synthesis(
      guarded((shop) => [nobody.mayReachSudo().waive(shop.app, "why", "2999-12-31")]),
    );
    expect(guardrails[0]?.idle.map(({ principal }) => principal)).toEqual(["auth/approle/role/shop"]);
  });

  test.each([
    [
      "a role that nothing declares",
      "auth/approle/role/nobody",
      "why",
      "2999-12-31",
      "which nothing declares",
    ],
    ["no reason", "auth/approle/role/shop", "  ", "2999-12-31", "has no reason"],
    ["no time", "auth/approle/role/shop", "why", "soon", "which is no time"],
  ] as const)("with %s is refused", (_, role, reason, until, told) => {
    const shop = guarded(() => [nobody.mayReachSudo().waive(role, reason, until)]);
    expect(refusal(() => synthesis(shop))).toContain(told);
  });
});

describe("what cannot be meant", () => {
  test.each(["secret/shop/db", "/secret/shop/*", "secret/shop*"])(
    "is a path of KV v2 without its area: %s",
    (path) => {
      const told = refusal(() => synthesis(guarded(() => [nobody.mayUse(["read"], path)])));
      expect(told).toContain("holds whatever the policies say, because secret/ is KV version 2");
      expect(told).toContain(`Write secret/data/${path.replace(/^\/?secret\//, "")}, or name the secret`);
    },
  );

  test.each(["secret/data/other/*", "secret/config", "secret/+/other", "secret/met*", "sys/raw/*"])(
    "is not %s",
    (path) => expect(wordsOf(() => [nobody.mayUse(["patch"], path)])).toHaveLength(1),
  );

  test("is a path without an area where it has none", () => {
    const declared = environment({
      systems: [guarded(() => [nobody.mayUse(["patch"], "secret/other")])],
      mounts: { secret: { version: 1 } },
    });
    expect(synthesized(declared).catalog.guardrails).toHaveLength(1);
  });

  test("is what is no guardrail and what is no secret, each told with its line", () => {
    const told = (made: (shop: Shop) => unknown) =>
      refusal(() => synthesis(guarded((shop) => [made(shop) as Guardrail])));
    expect(told(() => nobody)).toMatch(/^HERE {2}.*what is given here is no guardrail/);
    expect(told((shop) => nobody.mayWrite([shop.db] as never))).toContain(
      "HERE  a guardrail names something that is no secret",
    );
    expect(told(() => nobody.mayWrite(undefined as never))).toContain("names something that is no secret");
  });
});

describe("in an environment", () => {
  test("a guardrail belongs to no system", () => {
    const { catalog } = synthesized(environment({ guardrails: [nobody.mayReachSudo()] }));
    expect(catalog.guardrails).toMatchObject([{ words: "nobody may use sudo on any path" }]);
    expect(catalog.guardrails[0]?.system).toBeUndefined();
  });

  test("noOtherSystem is refused", () => {
    const declared = environment({
      guardrails: [noOtherSystem.mayReachSudo()],
    });
    expect(refusal(() => synthesized(declared))).toContain("an environment is no system");
  });
});
