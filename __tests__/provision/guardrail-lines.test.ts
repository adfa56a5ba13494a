import type { Construct } from "constructs";
import { sensitive } from "../../constructs/field";
import type { Guardrail } from "../../constructs/guardrail";
import { nobody } from "../../constructs/guardrail-words";
import { System } from "../../constructs/system";
import { guardrailsOf, idleWaiversOf } from "../../provision/guardrail-lines";
import { environment, synthesized } from "../stacks/workbench";

abstract class Shop extends System {
  readonly db = this.secret("shop/db", { description: "Orders", fields: { password: sensitive() } });
  readonly app = this.appRole("shop");

  constructor(scope: Construct) {
    super(scope, "shop", { mount: "secret", owner: "team-shop" });
    this.db.grantRead(this.app);
    for (const each of this.guardrails()) this.guardrail(each);
  }

  abstract guardrails(): readonly Guardrail[];
}

function synthesis(guardrails: (shop: Shop) => readonly Guardrail[]) {
  class Guarded extends Shop {
    guardrails(): readonly Guardrail[] {
      return guardrails(this);
    }
  }
  return synthesized(environment({ systems: [Guarded] }));
}

test("nothing is said of guardrails where there is none", () => {
  expect(guardrailsOf(synthesis(() => []))).toEqual([]);
});

test("they are counted", () => {
  expect(guardrailsOf(synthesis(() => [nobody.mayReachSudo()]))).toEqual(["1 guardrail holds"]);
  expect(guardrailsOf(synthesis(({ db }) => [nobody.mayReachSudo(), nobody.mayWrite(db)]))).toEqual([
    "2 guardrails hold",
  ]);
});

test("one that is waived is not said to hold, but until when it is waived", () => {
  const made = synthesis(({ db, app }) => [
    nobody.mayReachSudo(),
    nobody.mayReadValues(db).waive(app, "It is the application", "2999-12-31"),
  ]);
  expect(guardrailsOf(made)).toEqual(["1 guardrail holds", "1 waived until 2999-12-31"]);
  expect(idleWaiversOf(made)).toEqual([]);
});

test("a waiver that excuses nothing is told with its line", () => {
  const made = synthesis(({ app }) => [nobody.mayReachSudo().waive(app, "why", "2999-12-31")]);
  expect(guardrailsOf(made)).toEqual(["1 guardrail holds"]);
  expect(idleWaiversOf(made)).toEqual([
    expect.stringMatching(
      /^__tests__\/provision\/guardrail-lines\.test\.ts:\d+ {2}the waiver for auth\/approle\/role\/shop, until 2999-12-31, excuses nothing: take it out$/,
    ),
  ]);
});
