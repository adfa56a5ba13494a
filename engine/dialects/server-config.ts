import { UsageError } from "../../base/errors";
import type { ServerConfigOptions } from "./dialect";
import { attributes, block, type HclValue } from "./hcl";

/** What a dialect adds to the part that both engines share. */
export interface EnginePart {
  readonly attributes: Readonly<Record<string, HclValue>>;
  readonly blocks: readonly (readonly string[])[];
}

/**
 * The configuration both engines understand, with the engine's own part. `performance_multiplier = 1` is Raft's
 * production timing: a lost leader is replaced in about two seconds instead of ten to twenty.
 */
export function printServerConfig(options: ServerConfigOptions, own: EnginePart): string {
  const top = attributes({
    ui: options.ui,
    api_addr: options.apiAddress,
    cluster_addr: options.clusterAddress,
    default_lease_ttl: options.defaultLeaseTtl ?? "1h",
    max_lease_ttl: options.maxLeaseTtl ?? "768h",
    ...own.attributes,
  });
  const storage = block(
    "storage",
    ["raft"],
    attributes({ path: options.dataDir, node_id: options.nodeId, performance_multiplier: 1 }),
  );
  const listener = block("listener", ["tcp"], attributes(listenerAttributes(options)));
  return `${[top, listener, storage, ...own.blocks].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function listenerAttributes(options: ServerConfigOptions): Record<string, HclValue> {
  const address = {
    address: options.listenAddress,
    cluster_address: clusterListenAddress(options),
  };
  if (options.tlsDisabled) return { ...address, tls_disable: true };
  if (options.tlsCertFile === undefined || options.tlsKeyFile === undefined) {
    throw new UsageError(
      `The listener at ${options.listenAddress} has TLS on and no certificate.`,
      "Give tlsCertFile and tlsKeyFile, or set tlsDisabled for a listener that only this machine reaches.",
    );
  }
  return {
    ...address,
    tls_cert_file: options.tlsCertFile,
    tls_key_file: options.tlsKeyFile,
    tls_min_version: "tls13",
  };
}

/** The cluster port on the listener's host: left to itself an engine binds the port above the listener's. */
function clusterListenAddress(options: ServerConfigOptions): string {
  const host = options.listenAddress.slice(0, options.listenAddress.lastIndexOf(":"));
  return `${host}:${new URL(options.clusterAddress).port}`;
}
