import type { Construct } from "constructs";
import { DeclarationError } from "../../constructs/declaration-error";
import { ImportedPolicy } from "../../constructs/imported-policy";
import { System } from "../../constructs/system";
import { environmentNamed } from "../../environments";
import { Environment, type SystemClass } from "../../stacks/environment";
import { ClaudeOptimizedDeployment } from "../../systems/claude-optimized-deployment";
import { Datligent } from "../../systems/datligent";
import { Dotmac } from "../../systems/dotmac";
import { GoblinAssistant } from "../../systems/goblin-assistant";
import { Supervisor } from "../../systems/supervisor";
import { synthesized } from "../stacks/workbench";

const { props } = environmentNamed("dev");

/** The real environment with one system in another form, or one more. */
function withSystem(changed: SystemClass): Environment {
  const others = props.systems.filter((each) => !(changed.prototype instanceof each));
  return new Environment("dev", { ...props, systems: [...others, changed] });
}

/** A system of somebody else's, whose role carries a policy that was written by hand. */
function outsider(path: string, ...capabilities: string[]): SystemClass {
  return class extends System {
    constructor(scope: Construct) {
      super(scope, "outsider", { mount: "secret", owner: "team-outside" });
      const rule = `path "${path}" { capabilities = ${JSON.stringify(capabilities)} }`;
      this.appRole("outsider", { policies: [ImportedPolicy.fromText(this, "by-hand", rule)] });
    }
  };
}

/** What would break each guardrail, and the request that shows it. */
const BREAKS: Readonly<Record<string, readonly [changed: SystemClass, witness: string]>> = {
  "no system but datligent may touch any secret of datligent": [
    outsider("datligent/data/mcp/*", "read"),
    "AppRole outsider may read datligent/data/mcp/shared/deepl",
  ],
  "nobody may delete versions of any secret of datligent": [
    class extends Datligent {
      constructor(scope: Construct) {
        super(scope);
        this.stripeProd.grantDelete(this.aiTools);
      }
    },
    "TokenRole ai-tools may delete datligent/data/mcp/shared/stripe-prod",
  ],
  "no system but claude-optimized-deployment may touch any secret of claude-optimized-deployment": [
    outsider("secret/metadata/api-keys/", "list"),
    "AppRole outsider may list secret/metadata/api-keys/",
  ],
  "only myapp may write values of secret/database/connection or secret/database/pool": [
    class extends ClaudeOptimizedDeployment {
      constructor(scope: Construct) {
        super(scope);
        this.pool.grantWrite(this.appRole("second"));
      }
    },
    "AppRole second may create secret/data/database/pool",
  ],
  "nobody may write values of secret/api-keys/anthropic, secret/api-keys/openai or secret/api-keys/google": [
    class extends ClaudeOptimizedDeployment {
      constructor(scope: Construct) {
        super(scope);
        this.openai.grantRotate(this.app);
      }
    },
    "AppRole myapp may create secret/data/api-keys/openai",
  ],
  "nobody may destroy versions of any secret of claude-optimized-deployment": [
    class extends ClaudeOptimizedDeployment {
      constructor(scope: Construct) {
        super(scope);
        this.jwt.grantAdminister(this.app);
      }
    },
    "AppRole myapp may update secret/destroy/auth/jwt",
  ],
  ...Object.fromEntries(
    ["consilio", "odin", "openhorizon", "health-agent"].map((project) => [
      `only supervisor and supervisor-${project} may touch secret/project/${project}/{name}`,
      [
        class extends Supervisor {
          constructor(scope: Construct) {
            super(scope);
            this.projects.where({ project }).grantRead(this.appRole("nosy"));
          }
        },
        `AppRole nosy may read secret/data/project/${project}/x`,
      ],
    ]),
  ),
  "no system but supervisor may touch any secret of supervisor": [
    outsider("secret/undelete/project/new/+", "update"),
    "AppRole outsider may update secret/undelete/project/new/x",
  ],
  "only supervisor may touch secret/meta/{area}/{name}": [
    class extends Supervisor {
      constructor(scope: Construct) {
        super(scope);
        for (const { role } of this.projectSupervisors.slice(0, 1)) this.meta.grantList(role);
      }
    },
    "AppRole supervisor-consilio may list secret/metadata/meta/",
  ],
  "nobody may destroy versions of any secret of supervisor": [
    class extends Supervisor {
      constructor(scope: Construct) {
        super(scope);
        this.meta.grantAdminister(this.metaSupervisor);
      }
    },
    "AppRole supervisor may update secret/destroy/meta/x/x",
  ],
  "no system but goblin-assistant may touch any secret of goblin-assistant": [
    outsider("secret/data/goblin*", "read"),
    "AppRole outsider may read secret/data/goblin-assistant/providers/x",
  ],
  "only goblin-ci may write values of any secret of goblin-assistant": [
    class extends GoblinAssistant {
      constructor(scope: Construct) {
        super(scope);
        this.providers.grantWrite(this.app);
      }
    },
    "AppRole goblin-assistant may create secret/data/goblin-assistant/providers/x",
  ],
  "goblin-ci may not read values of any secret of goblin-assistant": [
    class extends GoblinAssistant {
      constructor(scope: Construct) {
        super(scope);
        this.rotations.grantRead(this.ci);
      }
    },
    "AppRole goblin-ci may read secret/data/goblin-assistant/rotations",
  ],
  "nobody may delete versions of secret/goblin-assistant/providers/{provider} or secret/goblin-assistant/backups/{provider}/{timestamp}":
    [
      class extends GoblinAssistant {
        constructor(scope: Construct) {
          super(scope);
          this.backups.grantDelete(this.app);
        }
      },
      "AppRole goblin-assistant may delete secret/data/goblin-assistant/backups/x/x",
    ],
  "no system but dotmac may touch any secret of dotmac": [
    outsider("secret/data/oauth/+", "read"),
    "AppRole outsider may read secret/data/oauth/google",
  ],
  "nobody may write values of any secret of dotmac": [
    class extends Dotmac {
      constructor(scope: Construct) {
        super(scope);
        this.jwt.grantWrite(this.pod);
      }
    },
    "KubernetesRole dotmac may create secret/data/jwt",
  ],
  "nobody may delete versions of secret/encryption": [
    class extends Dotmac {
      constructor(scope: Construct) {
        super(scope);
        this.encryption.grantDelete(this.app);
      }
    },
    "AppRole dotmac may delete secret/data/encryption",
  ],
  "nobody may use sudo on any path": [
    outsider("sys/leases/lookup/*", "list", "sudo"),
    "AppRole outsider may use sudo on sys/leases/lookup/x",
  ],
  "nobody may use create, update, patch or delete on sys/policies/acl/*": [
    outsider("sys/policies/+/outsider", "update"),
    "AppRole outsider may update sys/policies/acl/outsider",
  ],
  "nobody may use create, update, patch or delete on auth/+/role/*": [
    outsider("auth/approle/role/*", "create", "read"),
    "AppRole outsider may create auth/approle/role/x",
  ],
};

test.each(["dev", "staging", "production"])("in %s every guardrail holds, without a waiver", (name) => {
  const { guardrails, catalog } = synthesized(environmentNamed(name));
  expect(guardrails.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
  expect(catalog.guardrails.map(({ words }) => words).sort()).toEqual(Object.keys(BREAKS).sort());
  expect(new Set(catalog.guardrails.map(({ system }) => system))).toEqual(
    new Set([...catalog.systems.map((each) => each.name), undefined]),
  );
});

test.each(Object.entries(BREAKS))("%s: is refused once it is broken", (words, [changed, witness]) => {
  const synthesis = () => synthesized(withSystem(changed));
  expect(synthesis).toThrow(DeclarationError);
  expect(synthesis).toThrow(`guardrail "${words}" is broken: ${witness}`);
});
