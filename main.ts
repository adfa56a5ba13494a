import { fail } from "./cli/fail";
import { interruptible } from "./cli/interrupt";
import { environmentNamed } from "./environments";
import { prepareForCdktf } from "./provision/prepare-for-cdktf";
import { synthesize } from "./stacks/synthesize";

/** The CDKTF app, which `cdktf synth`, `diff` and `deploy` run. Which environment, and where, is read from STRONGROOM_*. */
async function main(signal: AbortSignal): Promise<void> {
  const deployment = await prepareForCdktf(environmentNamed(), signal, (text) =>
    process.stderr.write(`${text}\n`),
  );
  synthesize(deployment);
}

interruptible(main).catch(fail);
