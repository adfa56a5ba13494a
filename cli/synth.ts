import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { idleWaiversOf } from "../provision/guardrail-lines";
import { synthesize } from "../stacks/synthesize";

/** `strongroom synth`: writes the stacks and touches nothing else. */
export async function synthCommand(): Promise<void> {
  const synthesis = synthesize(resolveDeployment(environmentNamed()));
  process.stderr.write(
    idleWaiversOf(synthesis)
      .map((line) => `${line}\n`)
      .join(""),
  );
  process.stdout.write(synthesis.stacks.map(({ directory }) => `${directory}\n`).join(""));
}
