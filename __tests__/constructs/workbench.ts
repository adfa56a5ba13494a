import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AccessRegistry } from "../../constructs/access-registry";
import { AppRole, type AppRoleProps } from "../../constructs/app-role";
import { DeclarationError } from "../../constructs/declaration-error";
import { type Fields, sensitive } from "../../constructs/field";
import { KvMount, type KvMountProps } from "../../constructs/kv-mount";
import type { Principal } from "../../constructs/principal";
import { Secret, type SecretProps } from "../../constructs/secret";
import type { SecretDeclarationProps, SecretHome } from "../../constructs/secret-declaration";
import { SecretFamily } from "../../constructs/secret-family";
import { printPolicy } from "../../policies/print";

const folder = mkdtempSync(join(tmpdir(), "constructs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stack with one mount, and short ways to declare things of the system `shop` in it. */
export class Workbench {
  readonly stack: TerraformStack = new TerraformStack(new App({ outdir: folder }), "test");
  readonly mount: KvMount;
  readonly home: SecretHome;

  constructor(mount: Partial<KvMountProps> = {}) {
    AccessRegistry.openFor(this.stack);
    this.mount = new KvMount(this.stack, "mount", { path: "secret", ...mount });
    this.home = { system: "shop", mount: this.mount, owner: "team-shop" };
  }

  secret<F extends Fields>(path: string, props: Partial<SecretDeclarationProps<F>> = {}, system = "shop") {
    const scope = this.scope(system);
    return new Secret(scope, path, { ...this.home, system }, { ...SECRET, ...props } as SecretProps<F>);
  }

  family<const T extends string>(template: T, props: object = {}, system = "shop") {
    const scope = this.scope(system);
    return new SecretFamily(scope, template, { ...this.home, system }, { ...SECRET, ...props });
  }

  appRole(name = "shop", props: AppRoleProps = {}): AppRole {
    return new AppRole(this.stack, name, "shop", props);
  }

  /** The attributes of the only resource of a type whose construct path begins with `below`. */
  resource(type: string, below = ""): Record<string, unknown> {
    const all = this.stack.toTerraform().resource?.[type] ?? {};
    const resources = Object.values(all) as { "//": { metadata: { path: string } } }[];
    const found = resources.filter((each) => each["//"].metadata.path.startsWith(`test/${below}`));
    expect(found).toHaveLength(1);
    const { "//": _, ...attributes } = found[0] as Record<string, unknown>;
    return attributes;
  }

  private scope(system: string): Construct {
    return (
      (this.stack.node.tryFindChild(system) as Construct | undefined) ?? new Construct(this.stack, system)
    );
  }
}

const SECRET = { description: "What it is for", fields: { value: sensitive() } };

/** The rules of a principal without their comments: path and capabilities. */
export function rulesOf(principal: Principal): string[] {
  return printPolicy(principal.document())
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join(" ")
    .split(/(?=path ")/)
    .map((rule) => rule.replace(/path "(.*?)" \{ +capabilities = (\[.*?\]) \} */, "$1 $2").trim());
}

/**
 * The message with which a declaration is refused. It begins with the place of the declaration in the tests' own files, which
 * is checked and written as `HERE`.
 */
export function refusal(declare: () => unknown): string {
  try {
    declare();
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    expect(error.exitCode).toBe(2);
    const here = /^__tests__\/[\w/.-]+\.ts:\d+ {2}/;
    expect(error.message).toMatch(here);
    return error.message.replace(here, "HERE  ").replace(/__tests__\/[\w/.-]+\.ts:\d+/g, "THERE");
  }
  throw new Error("The declaration was not refused.");
}
