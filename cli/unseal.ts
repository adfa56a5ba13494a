import { unseal } from "../bootstrap/unseal";
import { environmentNamed } from "../environments";
import { bootstrapRequestOf } from "../provision/bootstrap-request";
import { resolveDeployment } from "../provision/deployment-record";
import { interruptible } from "./interrupt";

/** `strongroom unseal`. */
export async function unsealCommand(): Promise<void> {
  const deployment = resolveDeployment(environmentNamed());
  const { unsealed } = await interruptible((signal) => unseal(bootstrapRequestOf(deployment, signal)));
  process.stdout.write(
    unsealed ? `${deployment.address} is unsealed.\n` : `${deployment.address} was unsealed already.\n`,
  );
}
