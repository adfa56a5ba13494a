import type { Construct } from "constructs";
import { UsageError } from "../../base/errors";
import { System } from "../../constructs/system";
import { environmentNamed } from "../../environments";
import { Environment, type EnvironmentProps } from "../../stacks/environment";
import { synthesized } from "./workbench";

const declare = (name: string, props: Partial<EnvironmentProps> = {}) =>
  new Environment(name, { engine: "openbao@2.7.2", mounts: { secret: {} }, systems: [], ...props });

test.each(["dev", "staging", "production"])("environment %s is declared", (name) => {
  expect(environmentNamed(name)).toMatchObject({ name, engine: { product: "openbao", version: "2.7.2" } });
});

test("an unknown environment is refused with those that there are", () => {
  expect(() => environmentNamed("prod")).toThrow(
    'There is no environment "prod".\n  Choose one of: dev, staging, production; each is a file in environments/.',
  );
});

test.each<[string, Partial<EnvironmentProps>, string]>([
  ["Dev", {}, "cannot have that name"],
  ["../../etc", {}, "cannot have that name"],
  ["", {}, "cannot have that name"],
  ["dev", { server: { port: 0 } }, "wants port 0"],
  ["dev", { server: { port: 65536 } }, "wants port 65536"],
  ["dev", { server: { memoryMiB: -1 } }, "wants -1 MiB of memory"],
  ["dev", { requestsPerSecond: 0 }, "takes 0 requests a second"],
  ["dev", { keyShares: { shares: 3, threshold: 4 } }, "cannot be opened with 4 of 3 key shares"],
  ["dev", { keyShares: { shares: 5, threshold: 1 } }, "cannot be opened with 1 of 5 key shares"],
])("environment %j with %j is refused at its line", (name, props, told) => {
  expect(() => declare(name, props)).toThrow(
    new RegExp(`^__tests__/stacks/environment\\.test\\.ts:\\d+ {2}Environment "${name}" ${told}\\.\\n`),
  );
});

test("an engine that is none is refused", () => {
  expect(() => declare("dev", { engine: "vault" })).toThrow(UsageError);
});

test("a mount that cannot be is refused at the environment's line", () => {
  const wrong = declare("dev", { mounts: { "secret/": {} } });
  expect(() => synthesized(wrong)).toThrow(
    /^__tests__\/stacks\/environment\.test\.ts:\d+ {2}dev-access\/mount\.secret--: mount path "secret\/" cannot be used\./,
  );
});

test("a role that is granted nothing is refused when the stacks are synthesized", () => {
  class Idle extends System {
    readonly app = this.appRole("idle");
    constructor(scope: Construct) {
      super(scope, "idle", { mount: "secret", owner: "team-idle" });
    }
  }
  expect(() => synthesized(declare("dev", { systems: [Idle] }))).toThrow(
    /:\d+ {2}dev-access\/idle\/approle\.role\.idle: is granted nothing\.\n {2}Grant it something/,
  );
});
