import { connect } from "node:net";
import { OperationalError } from "../base/errors";
import { readHealth } from "../engine/health";
import { pause } from "../engine/pause";

/**
 * Whether a server can be started at this address: true when nothing listens there, false when an engine answers.
 * @throws OperationalError when the port is taken by something else
 */
export async function portFree(address: string, options: { caFile?: string } = {}): Promise<boolean> {
  const url = new URL(address);
  if (!(await listens(url))) return true;
  // A published port of a container accepts and hangs up until the engine inside has started.
  for (const end = performance.now() + 3_000; ; await pause(100)) {
    const health = await readHealth(address, { ...options, timeoutMs: 3_000 });
    if (health.state !== "unreachable") return false;
    if (performance.now() < end) continue;
    throw new OperationalError(
      `The port of ${url.origin} is taken by something that does not answer as Vault or OpenBao (${health.reason}).`,
      "Stop what listens there, or give the server another port.",
    );
  }
}

function listens(url: URL): Promise<boolean> {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ""), port, timeout: 2_000 });
    const answer = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
    socket.once("timeout", () => answer(false));
  });
}
