import type { Construct } from "constructs";
import { text } from "../constructs/field";
import { System } from "../constructs/system";
import { deploymentOf } from "../stacks/deployment";
import { Environment } from "../stacks/environment";
import { synthesize } from "../stacks/synthesize";

/** `node synthesis-ours.mjs SECRETS ROLES OUTDIR`: so many secrets, so many roles, each reading its share of them. */
const [secrets = 5000, roles = 500] = process.argv.slice(2, 4).map(Number);
const share = secrets / roles;

class Many extends System {
  constructor(scope: Construct) {
    super(scope, "many", { mount: "secret", owner: "bench" });
    for (let role = 0; role < roles; role++) {
      const principal = this.appRole(`role-${role}`);
      for (let index = 0; index < share; index++) {
        this.secret(`app-${role}/secret-${index}` as string, {
          description: "One of many",
          fields: { value: text() },
        }).grantRead(principal);
      }
    }
  }
}

const environment = new Environment("bench", {
  engine: "openbao@2.7.2",
  mounts: { secret: {} },
  systems: [Many],
});
synthesize(deploymentOf(environment, { target: "process" }), process.argv[4]);
