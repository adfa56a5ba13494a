import { Environment } from "../stacks/environment";
import { ClaudeOptimizedDeployment } from "../systems/claude-optimized-deployment";
import { Datligent } from "../systems/datligent";
import { Dotmac } from "../systems/dotmac";
import { GoblinAssistant } from "../systems/goblin-assistant";
import { Supervisor } from "../systems/supervisor";
import { guardrails } from "./guardrails";

/** Where releases are rehearsed: the same server as production, on another port, with fewer versions kept. */
export const staging = new Environment("staging", {
  engine: "openbao@2.7.2",
  server: { port: 8210, memoryMiB: 1024 },
  keyShares: { shares: 3, threshold: 2 },
  mounts: {
    secret: { description: "Secrets of the platforms", maxVersions: 10 },
    datligent: { description: "Clés partagées par les outils IA", maxVersions: 10 },
  },
  systems: [Datligent, ClaudeOptimizedDeployment, Supervisor, GoblinAssistant, Dotmac],
  guardrails,
});
