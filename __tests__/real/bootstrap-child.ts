/** Bootstraps, and kills itself with SIGKILL in the middle of a step: arguments are home, instance, address, step. */
import { parseEngineId } from "../../base/engine-id";
import { bootstrap } from "../../bootstrap/bootstrap";

const [home, instance = "", address = "", killAt = "never"] = process.argv.slice(2);
process.env.STRONGROOM_HOME = home;
const engine = parseEngineId(process.env.STRONGROOM_TEST_ENGINE || "openbao@2.7.2");

bootstrap({ instance, address, engine }, (step) => {
  process.stdout.write(`${JSON.stringify(step)}\n`);
  if (step.kind === killAt) process.kill(process.pid, "SIGKILL");
}).then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(error.exitCode ?? 99);
  },
);
