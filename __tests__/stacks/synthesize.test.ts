import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { DeclarationError } from "../../constructs/declaration-error";
import { nobody } from "../../constructs/guardrail-words";
import { AccessStack, type AccessStackOptions } from "../../stacks/access-stack";
import { deploymentOf } from "../../stacks/deployment";
import { environment, Shop, synthesized } from "./workbench";

class Broken extends Shop {
  constructor(...args: ConstructorParameters<typeof Shop>) {
    super(...args);
    (undefined as unknown as { grantRead(): void }).grantRead();
  }
}

test("declarations that fail as code does are told with their line, and as a mistake in them", () => {
  const synthesis = () => synthesized(environment({ systems: [Broken] }));
  expect(synthesis).toThrow(DeclarationError);
  expect(synthesis).toThrow(
    /^__tests__\/stacks\/synthesize\.test\.ts:14 {2}the declarations fail here: Cannot read properties of undefined/,
  );
});

test("a mistake that a construct finds is told in its own words", () => {
  expect(() => synthesized(environment({ mounts: {} }))).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("fail here") }),
  );
});

class Guarded extends Shop {
  constructor(...args: ConstructorParameters<typeof Shop>) {
    super(...args);
    this.guardrail(nobody.mayReadValues(this.db));
  }
}

/** In an app of somebody's own, which asks for nothing but the stack. */
function inOwnApp(options?: AccessStackOptions): void {
  const outdir = mkdtempSync(join(tmpdir(), "own-app-"));
  try {
    const app = new App({ outdir });
    new AccessStack(app, deploymentOf(environment({ systems: [Guarded] }), {}), options);
    app.synth();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

test("guardrails are a validation of the stack: an app that does not ask for them is bound all the same", () => {
  expect(inOwnApp).toThrow(/Validation failed .*\[test-access\] .*may read values of secret\/shop\/db/s);
  expect(() => inOwnApp({ refusesBreaches: false })).not.toThrow();
});
