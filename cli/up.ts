import pc from "picocolors";
import { printEngineId } from "../base/engine-id";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { up } from "../provision/up";
import type { Deployment } from "../stacks/deployment";
import { interruptible } from "./interrupt";
import { showSteps } from "./step-lines";

/** `strongroom up`, which is `npm start`. */
export async function upCommand(): Promise<void> {
  const environment = environmentNamed();
  const { instance, engine } = resolveDeployment(environment);
  process.stdout.write(
    `${pc.bold("Strongroom")} · ${instance} · ${printEngineId(engine).replace("@", " ")}\n\n`,
  );
  const { deployment, changed } = await interruptible((signal) => up(environment, signal, showSteps()));
  process.stdout.write(`\n${next(deployment)}`);
  if (!changed) process.stdout.write("\n Nothing to do.\n");
}

function next({ address, engine }: Deployment): string {
  // A Vault that was built here comes without its pages: they are not in its Go module.
  const where: [string, string] =
    engine.product === "openbao"
      ? [`${address}/ui`, "the server's own pages: choose Token and paste what the next line prints"]
      : [`export VAULT_ADDR=${address}`, "for the engine's own command line"];
  const lines: [string, string][] = [
    where,
    ["npx strongroom login --print", "a token for yourself, good for an hour"],
    ["npx strongroom policy map", "who may do what to which secret, as a page"],
    ["npx strongroom status", "what runs where, and in which state"],
    ["npx strongroom verify", "ask the server again who may do what"],
  ];
  return lines
    .map(([what, why], index) => ` ${index === 0 ? "Next" : "    "}   ${what.padEnd(34)} ${pc.dim(why)}\n`)
    .join("");
}
