import type { EngineId } from "../../base/engine-id";

/** What a server's configuration needs to know. Paths are as the server sees them: in its container, or on this machine. */
export interface ServerConfigOptions {
  /** Where the listener binds, `host:port`, for example `0.0.0.0:8200` in a container. */
  readonly listenAddress: string;
  /** The URL under which clients and other nodes reach this server, for example `http://127.0.0.1:8200`. */
  readonly apiAddress: string;
  /** The URL under which other Raft nodes reach this one, for example `https://127.0.0.1:8201`. */
  readonly clusterAddress: string;
  readonly dataDir: string;
  /** Where the audit log goes; used when `auditFile` is set. */
  readonly auditDir: string;
  readonly nodeId: string;
  /** Plain HTTP: only for a listener that is reachable from this machine alone. */
  readonly tlsDisabled: boolean;
  /** @default none; needed unless `tlsDisabled` */
  readonly tlsCertFile?: string;
  /** @default none; needed unless `tlsDisabled` */
  readonly tlsKeyFile?: string;
  /** Audit to `<auditDir>/audit.log`; only for engines that declare audit devices in their configuration. */
  readonly auditFile: boolean;
  /** Audit to standard output; only for engines that declare audit devices in their configuration. */
  readonly auditStdout: boolean;
  readonly ui: boolean;
  /** @default "1h" */
  readonly defaultLeaseTtl?: string;
  /** @default "768h", the longest period any role asks for: a longer one would be cut to this without an error */
  readonly maxLeaseTtl?: string;
}

/** Everything in which one engine differs from the other: plain data and pure functions. */
export interface Dialect {
  readonly engine: EngineId;
  /** The executable's file name. */
  readonly binaryName: string;
  /** Where our image keeps the executable. */
  readonly binaryInImage: string;
  /** The directories in our image; data and logs are volumes, config is mounted read-only. */
  readonly directories: { readonly data: string; readonly logs: string; readonly config: string };
  /** The engine's own environment variables, for hints and for its command line. */
  readonly environment: {
    readonly address: string;
    readonly token: string;
    readonly caFile: string;
  };
  /** OpenBao declares audit devices in its configuration and refuses them through the API; Vault the other way round. */
  readonly auditDevices: "in-config" | "through-api";
  /** Plug-ins that a role may ask for and that this engine does not have. */
  readonly missingAuthMethods: readonly string[];
  /** Where a new root token is generated, once the first one is revoked. */
  readonly generateRoot: {
    readonly path: string;
    readonly needsToken: boolean;
  };
  /** Where the unseal shares are replaced. */
  readonly rekey: { readonly path: string; readonly needsToken: boolean };
  /** Replies of `generateRoot` and `rekey` are inside `.data` (OpenBao) or flat (Vault). */
  readonly wrapsKeyReplies: boolean;
  /**
   * The one configuration file of a server (several files would be merged in no certain order). Raft storage,
   * no development mode of any kind.
   * @throws UsageError when TLS is on and has no certificate, or when a value cannot stand in the file
   */
  serverConfig(options: ServerConfigOptions): string;
}

/** The file that audit goes to, in the directory that the server is given for it. */
export function auditFileIn(auditDir: string): string {
  return `${auditDir}/audit.log`;
}
