import gte from "semver/functions/gte";
import type { EngineId } from "../../base/engine-id";
import type { Dialect } from "./dialect";
import { printServerConfig } from "./server-config";

/**
 * HashiCorp Vault 1.20 and later; pinned against 1.21.1. Audit devices are the access stack's business, so
 * `auditFile` and `auditStdout` write nothing here. With Raft, Vault will not start unless `disable_mlock` is said
 * outright; the advice for Raft is `true`.
 */
export function vault(engine: EngineId): Dialect {
  const authenticatedKeys = gte(engine.version, "2.0.0");
  return {
    engine,
    binaryName: "vault",
    binaryInImage: "/bin/vault",
    directories: {
      data: "/vault/file",
      logs: "/vault/logs",
      config: "/vault/config",
    },
    environment: {
      address: "VAULT_ADDR",
      token: "VAULT_TOKEN",
      caFile: "VAULT_CACERT",
    },
    auditDevices: "through-api",
    missingAuthMethods: [],
    generateRoot: { path: "sys/generate-root", needsToken: authenticatedKeys },
    rekey: { path: "sys/rekey", needsToken: authenticatedKeys },
    wrapsKeyReplies: false,
    serverConfig: (options) =>
      printServerConfig(options, {
        attributes: { disable_mlock: true },
        blocks: [],
      }),
  };
}
