import { Environment } from "../stacks/environment";
import { ClaudeOptimizedDeployment } from "../systems/claude-optimized-deployment";
import { Datligent } from "../systems/datligent";
import { Dotmac } from "../systems/dotmac";
import { GoblinAssistant } from "../systems/goblin-assistant";
import { Supervisor } from "../systems/supervisor";
import { guardrails } from "./guardrails";

/** What customers depend on: more memory, more versions, more key shares. */
export const production = new Environment("production", {
  engine: "openbao@2.7.2",
  server: { port: 8220, memoryMiB: 2048 },
  keyShares: { shares: 5, threshold: 3 },
  mounts: {
    secret: { description: "Secrets of the platforms", maxVersions: 20 },
    datligent: { description: "Clés partagées par les outils IA", maxVersions: 20 },
  },
  systems: [Datligent, ClaudeOptimizedDeployment, Supervisor, GoblinAssistant, Dotmac],
  guardrails,
});
