import type { Construct } from "constructs";
import { hours } from "../../constructs/duration";
import { port, sensitive, text } from "../../constructs/field";
import { nobody, none, noOtherSystem, only } from "../../constructs/guardrail-words";
import { System } from "../../constructs/system";

/**
 * What the compiler refuses. Nothing here runs: each `@ts-expect-error` is an error of `npx tsc -p .` as soon as the line
 * below it compiles.
 */
class Refused extends System {
  constructor(scope: Construct) {
    super(scope, "refused", { mount: "secret", owner: "team" });
    this.paths();
    this.templates();
    this.properties();
    this.principals();
    this.guardrails();
  }

  private paths(): void {
    const props = { description: "What it is for", fields: { value: sensitive() } };
    this.secret("database/postgres", props);
    // @ts-expect-error empty
    this.secret("", props);
    // @ts-expect-error a leading slash
    this.secret("/database", props);
    // @ts-expect-error a trailing slash
    this.secret("database/", props);
    // @ts-expect-error an empty segment
    this.secret("database//postgres", props);
    // @ts-expect-error the API's own prefix
    this.secret("data/database", props);
    // @ts-expect-error the API's own prefix
    this.secret("metadata/database", props);
    // @ts-expect-error a wildcard
    this.secret("database/*", props);
    // @ts-expect-error a wildcard
    this.secret("+/database", props);
    // @ts-expect-error a parameter
    this.secret("database/{name}", props);
    // What cannot be known is left to synthesis.
    this.secret(`database/${Date.now()}`, props);
    this.secret("database" as string, props);
  }

  private templates(): void {
    const props = { description: "What it is for", fields: { value: sensitive() } };
    const family = this.family("project/{project}/{name}", props);
    family.pathOf({ project: "odin", name: "key" });
    // @ts-expect-error a parameter without a value
    family.pathOf({ project: "odin" });
    // @ts-expect-error a parameter that there is not
    family.where({ area: "odin" });
    // @ts-expect-error no parameter
    this.family("project/odin", props);
    // @ts-expect-error a parameter with a capital letter
    this.family("project/{Project}", props);
    // @ts-expect-error a leading slash
    this.family("/project/{project}", props);
    // @ts-expect-error the API's own prefix
    this.family("data/{project}", props);
    // @ts-expect-error a variable that would stand for many members
    this.family("project/{project}", { ...props, env: { KEY: "value" } });
  }

  private properties(): void {
    const fields = { host: text(), port: port(5432), password: sensitive() };
    const secret = this.secret("a", { description: "a", fields, env: { A_HOST: "host" } });
    const name: "host" | "port" | "password" = secret.field("password");
    // @ts-expect-error a field that there is not
    secret.field("pasword");
    // @ts-expect-error no description
    this.secret("b", { fields });
    // @ts-expect-error no fields
    this.secret("c", { description: "c" });
    // @ts-expect-error a variable for a field that there is not
    this.secret("d", { description: "d", fields, env: { D_HOST: "hots" } });
    // @ts-expect-error a value where a field belongs
    this.secret("e", { description: name, fields: { password: "hunter2" } });
    // @ts-expect-error a rotation without a unit
    this.secret("f", { description: "f", fields, rotate: 90 });
    // @ts-expect-error a default that is no number
    port("5432");
    // @ts-expect-error a default of a secret value
    sensitive("hunter2");
  }

  private principals(): void {
    const role = this.appRole("app", { tokenTtl: hours(1) });
    // @ts-expect-error a life without a unit
    this.appRole("app", { tokenTtl: 3600 });
    // @ts-expect-error no audience
    this.kubernetesRole("app", { serviceAccounts: ["app"], namespaces: ["default"] });
    // @ts-expect-error a name where a principal belongs
    this.everySecret().grantRead("app");
    // @ts-expect-error an intent that there is not
    this.everySecret().grantAll(role);
    // @ts-expect-error a grant past the verbs
    role.given.push({});
  }

  private guardrails(): void {
    const role = this.appRole("app");
    const secret = this.secret("a", { description: "a", fields: { value: sensitive() } });
    const family = this.family("project/{project}/{name}", {
      description: "b",
      fields: { value: sensitive() },
    });
    this.guardrail(
      only(role).mayWrite(secret, family, family.where({ project: "odin" }), this.everySecret()),
    );
    this.guardrail(nobody.mayReachSudo().waive("auth/approle/role/other", "why", "2030-01-31"));
    // @ts-expect-error a name where a principal belongs
    only("app");
    // @ts-expect-error nobody
    only();
    // @ts-expect-error nobody
    none();
    // @ts-expect-error a path where a secret belongs
    nobody.mayWrite("secret/a");
    // @ts-expect-error a principal where a secret belongs
    nobody.mayReadValues(role);
    // @ts-expect-error no secret
    noOtherSystem.mayTouch();
    // @ts-expect-error a capability that there is not
    nobody.mayUse(["write"], "sys/*");
    // @ts-expect-error nothing to use
    nobody.mayUse([], "sys/*");
    // @ts-expect-error a verb that there is not
    nobody.mayGrant(secret);
    // @ts-expect-error a name where a principal or the path of its role belongs
    nobody.mayReachSudo().waive("app", "why", "2030-01-31");
    // @ts-expect-error a subject without a verb
    this.guardrail(only(role));
    // @ts-expect-error a waiver that would come too late
    this.guardrail(nobody.mayReachSudo()).waive(role, "why", "2030-01-31");
  }
}

test("the refused declarations are compiled, and not run", () => {
  expect(Refused.prototype).toBeInstanceOf(System);
});
