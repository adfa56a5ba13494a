import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { verifyDeployment } from "../provision/verify-deployment";

/** `strongroom verify`. */
export async function verifyCommand(): Promise<void> {
  const { text, lines } = await verifyDeployment(resolveDeployment(environmentNamed()), "everything");
  process.stdout.write(`${text}\n${lines.map((line) => `  ${line}\n`).join("")}`);
}
