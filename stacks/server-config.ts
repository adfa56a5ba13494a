import { dialectOf } from "../engine/dialects";
import type { Deployment } from "./deployment";
import { serverDirectories } from "./server-directories";

/**
 * The server's one configuration file, the same for a container and a process: a container listens on all of its own
 * addresses and is published on loopback, a process listens on loopback itself.
 */
export function serverConfig(deployment: Deployment): string {
  const { data, logs } = serverDirectories(deployment);
  const inContainer = deployment.target === "container";
  const port = inContainer ? CONTAINER_PORT : deployment.port;
  return dialectOf(deployment.engine).serverConfig({
    listenAddress: `${inContainer ? "0.0.0.0" : "127.0.0.1"}:${port}`,
    apiAddress: deployment.address,
    clusterAddress: `https://127.0.0.1:${port + 1}`,
    dataDir: data,
    auditDir: logs,
    nodeId: `strongroom-${deployment.instance}`,
    tlsDisabled: true,
    auditFile: true,
    auditStdout: true,
    ui: true,
  });
}

/** The engines' own port, inside the container. */
export const CONTAINER_PORT = 8200;

/** The configuration's name in its folder. */
export const CONFIG_FILE = "server.hcl";
