import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Construct } from "constructs";
import { every } from "../../constructs/duration";
import { port, sensitive, text } from "../../constructs/field";
import { System } from "../../constructs/system";
import { type DeploymentChoices, deploymentOf } from "../../stacks/deployment";
import { Environment, type EnvironmentProps } from "../../stacks/environment";
import { type Synthesis, type SynthesisOptions, synthesize } from "../../stacks/synthesize";

/** The smallest system that has a secret, a family, and a role that is granted both. */
export class Shop extends System {
  readonly db = this.secret("shop/db", {
    description: "The orders",
    fields: { host: text(), port: port(5432), password: sensitive() },
    rotate: every(90, "days"),
    env: { DB_PASSWORD: "password" },
  });
  readonly partners = this.family("shop/partners/{partner}", {
    description: "A key for each partner",
    fields: { key: sensitive() },
    owner: "team-partners",
  });
  readonly app = this.appRole("shop");

  constructor(scope: Construct) {
    super(scope, "shop", { mount: "secret", owner: "team-shop" });
    this.db.grantRead(this.app);
    this.partners.grantList(this.app);
  }
}

/** An environment with that system alone. */
export function environment(props: Partial<EnvironmentProps> = {}): Environment {
  return new Environment("test", {
    engine: "openbao@2.7.2",
    mounts: { secret: {} },
    systems: [Shop],
    ...props,
  });
}

// biome-ignore lint/suspicious/noExplicitAny: Terraform's JSON, as deep as it is.
export type StackJson = any;

export interface Synthesized extends Synthesis {
  readonly server: StackJson;
  readonly access: StackJson;
  /** Every file that was written, as one text. */
  readonly everything: string;
}

/** Synthesizes into a folder that is gone afterwards, and reads what was written. */
export function synthesized(
  declared: Environment = environment(),
  choices: DeploymentChoices = {},
  options: SynthesisOptions = {},
): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), "stacks-"));
  try {
    const synthesis = synthesize(deploymentOf(declared, choices), folder, options);
    const texts = synthesis.stacks.map(({ directory }) =>
      readFileSync(join(directory, "cdk.tf.json"), "utf8"),
    );
    const json = (kind: string) => {
      const index = synthesis.stacks.findIndex((stack) => stack.kind === kind);
      return index < 0 ? undefined : JSON.parse(texts[index] as string);
    };
    const catalog = readFileSync(join(folder, "catalog.json"), "utf8");
    return {
      ...synthesis,
      server: json("server"),
      access: json("access"),
      everything: [...texts, catalog].join("\n"),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The only resource of its type whose construct has that id, without what cdktf notes about it. */
export function resource(stack: StackJson, type: string, id?: string): StackJson {
  const all = Object.values(stack.resource[type] ?? {}) as StackJson[];
  const found = all.filter((each) => id === undefined || each["//"].metadata.path.split("/").includes(id));
  expect(found).toHaveLength(1);
  const { "//": _, ...attributes } = found[0];
  return attributes;
}
