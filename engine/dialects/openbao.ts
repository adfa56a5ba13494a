import type { EngineId } from "../../base/engine-id";
import { auditFileIn, type Dialect, type ServerConfigOptions } from "./dialect";
import { attributes, block } from "./hcl";
import { printServerConfig } from "./server-config";

/** OpenBao 2.5 and later; pinned against 2.7.2. */
export function openbao(engine: EngineId): Dialect {
  return {
    engine,
    binaryName: "bao",
    binaryInImage: "/usr/bin/bao",
    directories: {
      data: "/openbao/file",
      logs: "/openbao/logs",
      config: "/openbao/config",
    },
    environment: {
      address: "BAO_ADDR",
      token: "BAO_TOKEN",
      caFile: "BAO_CACERT",
    },
    auditDevices: "in-config",
    missingAuthMethods: ["aws"],
    generateRoot: { path: "sys/generate-root-token", needsToken: true },
    rekey: { path: "sys/rotate/root", needsToken: true },
    wrapsKeyReplies: true,
    serverConfig: (options) =>
      printServerConfig(options, {
        attributes: {},
        blocks: auditBlocks(options),
      }),
  };
}

function auditBlocks(options: ServerConfigOptions): string[][] {
  return [
    ...(options.auditFile
      ? [auditBlock("to-file", { file_path: auditFileIn(options.auditDir), mode: "0600" })]
      : []),
    ...(options.auditStdout ? [auditBlock("to-stdout", { file_path: "stdout" })] : []),
  ];
}

function auditBlock(name: string, options: Record<string, string>): string[] {
  return block("audit", ["file", name], block("options", [], attributes(options)));
}
