import { bootstrap } from "../bootstrap/bootstrap";
import { environmentNamed } from "../environments";
import { bootstrapRequestOf } from "../provision/bootstrap-request";
import { resolveDeployment } from "../provision/deployment-record";
import { interruptible } from "./interrupt";

/** `strongroom bootstrap`: what the server stack runs for every new container. */
export async function bootstrapCommand(): Promise<void> {
  const deployment = resolveDeployment(environmentNamed());
  await interruptible((signal) =>
    bootstrap(bootstrapRequestOf(deployment, signal), (step) => process.stdout.write(`${step.kind}\n`)),
  );
}
