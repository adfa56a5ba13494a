import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { synthesize } from "../stacks/synthesize";

/** `strongroom synth`: writes the stacks and touches nothing else. */
export async function synthCommand(): Promise<void> {
  const { stacks } = synthesize(resolveDeployment(environmentNamed()));
  process.stdout.write(stacks.map(({ directory }) => `${directory}\n`).join(""));
}
