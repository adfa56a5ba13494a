import { Environment } from "../stacks/environment";
import { ClaudeOptimizedDeployment } from "../systems/claude-optimized-deployment";
import { Datligent } from "../systems/datligent";
import { Dotmac } from "../systems/dotmac";
import { GoblinAssistant } from "../systems/goblin-assistant";
import { Supervisor } from "../systems/supervisor";
import { guardrails } from "./guardrails";

/** On a developer's own machine: one container on loopback, one unseal share. */
export const dev = new Environment("dev", {
  engine: "openbao@2.7.2",
  server: { port: 8200, memoryMiB: 512 },
  keyShares: { shares: 1, threshold: 1 },
  mounts: {
    secret: { description: "Secrets of the platforms", maxVersions: 10 },
    datligent: { description: "Clés partagées par les outils IA", maxVersions: 10 },
  },
  systems: [Datligent, ClaudeOptimizedDeployment, Supervisor, GoblinAssistant, Dotmac],
  guardrails,
});
