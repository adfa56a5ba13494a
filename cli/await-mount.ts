import { environmentNamed } from "../environments";
import { awaitMount } from "../provision/await-mount";
import { resolveDeployment } from "../provision/deployment-record";
import { interruptible } from "./interrupt";

/** `strongroom await-mount`: what the access stack runs for every new KV v2 mount. */
export async function awaitMountCommand(path: string): Promise<void> {
  await interruptible((signal) => awaitMount(resolveDeployment(environmentNamed()), path, signal));
}
