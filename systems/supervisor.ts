import type { Construct } from "constructs";
import { hours } from "../constructs/duration";
import { sensitive, text } from "../constructs/field";
import { nobody, noOtherSystem, only } from "../constructs/guardrail-words";
import { System } from "../constructs/system";

/** Every secret is one value, and says what it is for: a description is mandatory. */
const oneValue = { value: sensitive(), description: text() };

const PROJECTS = ["consilio", "odin", "openhorizon", "health-agent"] as const;

/** supervisor: one assistant a project, and one above them; each stores what it is given here first, in .env second. */
export class Supervisor extends System {
  readonly projects = this.family("project/{project}/{name}", {
    description: "A secret of one project, for example project/consilio/stripe_api_key",
    fields: oneValue,
  });
  readonly meta = this.family("meta/{area}/{name}", {
    description: "A secret of the whole installation, for example meta/cloudflare/api_token",
    fields: oneValue,
  });

  readonly metaSupervisor = this.appRole("supervisor", { tokenTtl: hours(1), tokenMaxTtl: hours(4) });
  /** A project's supervisor reaches its own project and no other. */
  readonly projectSupervisors = PROJECTS.map((project) => ({
    project,
    role: this.appRole(`supervisor-${project}`, { policyName: `supervisor-${project}` }),
  }));

  constructor(scope: Construct) {
    super(scope, "supervisor", { mount: "secret", owner: "team-supervisor" });
    const all = this.everySecret();
    all.grantList(this.metaSupervisor);
    all.grantRotate(this.metaSupervisor);
    all.grantDelete(this.metaSupervisor);
    for (const { project, role } of this.projectSupervisors) {
      const own = this.projects.where({ project });
      own.grantList(role);
      own.grantRotate(role);
      this.guardrail(only(this.metaSupervisor, role).mayTouch(own));
    }

    this.guardrail(noOtherSystem.mayTouch(all));
    this.guardrail(only(this.metaSupervisor).mayTouch(this.meta));
    // This is the backup of every .env: what is deleted can be brought back.
    this.guardrail(nobody.mayDestroy(all));
  }
}
