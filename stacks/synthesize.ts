import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { DeclarationPlace } from "../base/declaration-place";
import { StrongroomError } from "../base/errors";
import type { Catalog } from "../catalog/catalog";
import { DeclarationError } from "../constructs/declaration-error";
import type { CheckedGuardrail } from "../constructs/guardrail-check";
import { PolicyError } from "../policies/errors";
import { AccessStack } from "./access-stack";
import { catalogOf } from "./catalog-of";
import type { Deployment } from "./deployment";
import { ServerStack } from "./server-stack";
import { outputFolder, type StackFolder, stackFolders } from "./stack-folders";

/** What synthesis leaves. */
export interface Synthesis {
  /** In the order in which they are applied. */
  readonly stacks: readonly StackFolder[];
  readonly catalog: Catalog;
  /** Each guardrail with what excuses it; none is broken, unless that was let pass. */
  readonly guardrails: readonly CheckedGuardrail[];
}

export interface SynthesisOptions {
  /** Whether the catalog tells where each thing was declared, and each grant made. @default false, because it takes time */
  readonly places?: boolean;
  /** Whether a guardrail that does not hold refuses the synthesis. @default true; a review wants to tell it, with all the rest */
  readonly refusesBreaches?: boolean;
}

/**
 * Writes the deployment's stacks and its catalog, `catalog.json`.
 * @throws DeclarationError when a declaration cannot be right
 */
export function synthesize(
  deployment: Deployment,
  outdir = outputFolder(),
  { places = false, refusesBreaches = true }: SynthesisOptions = {},
): Synthesis {
  const app = new App({ outdir });
  const server = deployment.target === "container" ? new ServerStack(app, deployment) : undefined;
  const access = declared(() => new AccessStack(app, deployment, { recordsGrants: places, refusesBreaches }));
  const guardrails = checked(access, app);
  if (server) access.addDependency(server);
  app.synth();

  const catalog = catalogOf(access, guardrails, places);
  mkdirSync(outdir, { recursive: true });
  writeFileSync(join(outdir, "catalog.json"), `${JSON.stringify(catalog)}\n`);
  return { stacks: stackFolders(deployment, outdir), catalog, guardrails };
}

/** Declarations are code, and can fail as code does: told with the line, as every other mistake in them. */
function declared<T>(declare: () => T): T {
  try {
    return declare();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StrongroomError || error instanceof PolicyError)
      throw error;
    const place = DeclarationPlace.thrownBy(error);
    if (!place.position()) throw error;
    throw new DeclarationError(
      `the declarations fail here: ${error.message}.`,
      "Mend that line; `npx tsc -p .` says what does not fit, --debug shows the whole stack.",
      place,
      { cause: error },
    );
  }
}

/**
 * The stack's own validation, ahead of cdktf: its message would advise to skip it, and come when the other stack is written. What
 * is wrong is declared once more, noting the line of each grant, so that the message can tell it: a synthesis that succeeds
 * spends no time on that.
 */
function checked(access: AccessStack, app: App): readonly CheckedGuardrail[] {
  try {
    return access.guardrails();
  } catch (error) {
    const { deployment, registry } = access;
    if (registry.guardrails.length > 0 && !registry.recordsGrants)
      new AccessStack(new App({ outdir: app.outdir }), deployment, { recordsGrants: true }).guardrails();
    throw error;
  }
}
