import type { Construct } from "constructs";
import { text } from "../constructs/field";
import { nobody, only } from "../constructs/guardrail-words";
import { System } from "../constructs/system";
import { deploymentOf } from "../stacks/deployment";
import { Environment } from "../stacks/environment";
import { synthesize } from "../stacks/synthesize";

/**
 * `node synthesis-ours.mjs SECRETS ROLES OUTDIR [GUARDRAILS]`: so many secrets, so many roles, each reading its share of them.
 * Of the guardrails, one in ten is about every secret and the others about the secrets of one role.
 */
const [secrets = 5000, roles = 500] = process.argv.slice(2, 4).map(Number);
const guardrails = Number(process.argv[5] ?? 0);
const share = secrets / roles;

class Many extends System {
  constructor(scope: Construct) {
    super(scope, "many", { mount: "secret", owner: "bench" });
    for (let role = 0; role < roles; role++) {
      const principal = this.appRole(`role-${role}`);
      for (let index = 0; index < share; index++) {
        const secret = this.secret(`app-${role}/secret-${index}` as string, {
          description: "One of many",
          fields: { value: text() },
        });
        secret.grantRead(principal);
        if (role < guardrails && index === 0) this.guardrail(only(principal).mayTouch(secret));
      }
    }
    for (let every = 0; every < guardrails / 10; every++) this.guardrail(nobody.mayWrite(this.everySecret()));
  }
}

const environment = new Environment("bench", {
  engine: "openbao@2.7.2",
  mounts: { secret: {} },
  systems: [Many],
});
synthesize(deploymentOf(environment, { target: "process" }), process.argv[4]);
