import { readFileSync } from "node:fs";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AccessRegistry } from "../../constructs/access-registry";
import { sensitive, text } from "../../constructs/field";
import { KvMount } from "../../constructs/kv-mount";
import { System, type SystemProps } from "../../constructs/system";
import { refusal, rulesOf } from "./workbench";

/** A stack in memory: nothing here is synthesized. */
function stack(...mounts: string[]): TerraformStack {
  const made = new TerraformStack(new App(), "test");
  AccessRegistry.openFor(made);
  for (const path of mounts) new KvMount(made, `mount.${path}`, { path });
  return made;
}

/** The line of this file that holds the text first, counted from 1. */
function lineOf(text: string): number {
  const lines = readFileSync("__tests__/constructs/system.test.ts", "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

class Shop extends System {
  readonly db = this.secret("shop/db", {
    description: "The orders",
    fields: { password: sensitive() },
  });
  readonly partners = this.family("shop/partners/{partner}", {
    description: "A key for each partner",
    fields: { key: sensitive() },
  });
  readonly app = this.appRole("shop");

  constructor(scope: Construct, name = "shop", props: Partial<SystemProps> = {}) {
    super(scope, name, { mount: "secret", owner: "team-shop", ...props });
    this.everySecret().grantRead(this.app);
  }
}

test("a system declares secrets and roles as fields, and grants in its constructor", () => {
  const shop = new Shop(stack("secret"));
  expect(rulesOf(shop.app)).toEqual(['secret/data/shop/db ["read"]', 'secret/data/shop/partners/+ ["read"]']);
  expect(shop.db.owner).toBe("team-shop");
});

test("a mistake names the line that holds it, and the construct", () => {
  class Wrong extends System {
    readonly providers = this.secret("secret/data/wrong/providers" as string, {
      description: "Keys",
      fields: { key: text() },
    });
    constructor(scope: Construct) {
      super(scope, "wrong", { mount: "secret", owner: "team-wrong" });
    }
  }
  expect(() => new Wrong(stack("secret"))).toThrow(
    `__tests__/constructs/system.test.ts:${lineOf("readonly providers")}  test/wrong/secret.data.wrong.providers: ` +
      'secret path "secret/data/wrong/providers" starts with "data/" below its mount.\n' +
      '  KV v2 adds "data/" itself: write "wrong/providers".',
  );
});

test("a system is refused on a mount that the environment does not have", () => {
  expect(refusal(() => new Shop(stack("secret", "kv"), "shop", { mount: "sceret" }))).toMatchInlineSnapshot(`
    "HERE  test/shop: no mount "sceret" in this environment.
      Declare it there, or use one of: secret, kv."
  `);
  expect(refusal(() => new Shop(stack()))).toContain("or use one of: none yet.");
});

test("a system is refused twice", () => {
  const scope = stack("secret");
  new Shop(scope);
  expect(refusal(() => new Shop(scope))).toMatchInlineSnapshot(`
    "HERE  test/shop.2: system "shop" is declared already by test/shop (THERE).
      List each system once in the environment, under a name of its own."
  `);
});

test.each(["", "Shop", "a/b", "a b"])("a system is refused under the name %j", (name) => {
  expect(refusal(() => new Shop(stack("secret"), name))).toContain(
    `the system name "${name}" cannot be used.`,
  );
});

test.each([" ", undefined as unknown as string])("a system is refused with %j for an owner", (owner) => {
  expect(refusal(() => new Shop(stack("secret"), "shop", { owner }))).toContain("test/shop: has no owner.");
});

test("every secret is refused as long as there is none", () => {
  class Empty extends System {
    constructor(scope: Construct) {
      super(scope, "empty", { mount: "secret", owner: "team-empty" });
      this.everySecret();
    }
  }
  expect(refusal(() => new Empty(stack("secret")))).toMatchInlineSnapshot(`
    "HERE  test/empty: everySecret() comes before the first secret.
      Declare secrets as fields of the class, and grant in its constructor."
  `);
});

test("every secret of a system leaves out those of others", () => {
  class Office extends System {
    readonly mail = this.secret("office/mail", {
      description: "Mail",
      fields: { password: sensitive() },
    });
    readonly app = this.appRole("office");
    constructor(scope: Construct) {
      super(scope, "office", { mount: "secret", owner: "team-office" });
      this.everySecret().grantRead(this.app);
    }
  }
  const scope = stack("secret");
  new Shop(scope);
  expect(rulesOf(new Office(scope).app)).toEqual(['secret/data/office/mail ["read"]']);
});
