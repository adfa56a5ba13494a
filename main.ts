import { fail } from "./cli/fail";
import { interruptible } from "./cli/interrupt";
import { environmentNamed } from "./environments";
import { prepareForCdktf } from "./provision/prepare-for-cdktf";

// The CDKTF app, which `cdktf synth`, `diff` and `deploy` run: the stacks of one environment, synthesized to cdktf.out.
// Which environment, and where, is read from STRONGROOM_ENV and its sisters (docs/environments.md).
const say = (text: string) => process.stderr.write(`${text}\n`);
interruptible((signal) => prepareForCdktf(environmentNamed(), signal, say)).catch(fail);
