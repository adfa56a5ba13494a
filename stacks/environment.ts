import type { Construct } from "constructs";
import { type EngineId, parseEngineId } from "../base/engine-id";
import type { KvMountProps } from "../constructs/kv-mount";
import type { System } from "../constructs/system";

export interface EnvironmentProps {
  /** The engine and its version, for example `openbao@2.7.2`. */
  readonly engine: string;
  /** The server, where we run it ourselves. @default - the defaults of each property */
  readonly server?: ServerProps;
  /** How many shares the unseal key is split into, and how many of them open the server. @default 1 of 1 */
  readonly keyShares?: { readonly shares: number; readonly threshold: number };
  /** The KV mounts that the systems live on, by path. */
  readonly mounts: Readonly<Record<string, Omit<KvMountProps, "path">>>;
  /** The cluster whose service accounts may log in. @default - none yet: Kubernetes roles stand ready, and no pod can log in */
  readonly kubernetes?: KubernetesProps;
  /** Requests a second that the server takes from one client address. @default 2000 */
  readonly requestsPerSecond?: number;
  readonly systems: readonly SystemClass[];
}

export interface ServerProps {
  /** The port on this machine's loopback address. @default 8200 */
  readonly port?: number;
  /** How much memory the container may use, in MiB. There is no swap beside it. @default 512 */
  readonly memoryMiB?: number;
}

export interface KubernetesProps {
  /** The URL of the cluster's API server. */
  readonly host: string;
  /** A PEM file with its CA, read by Terraform when it runs. */
  readonly caFile: string;
}

/** A system is declared by a class that takes nothing but its scope. */
export type SystemClass = new (scope: Construct) => System;

/** A server and the systems it hosts. Declarations only: what runs where is decided by a Deployment. */
export class Environment {
  readonly engine: EngineId;

  /** @throws UsageError when the engine is not written as `product@version` */
  constructor(
    readonly name: string,
    readonly props: EnvironmentProps,
  ) {
    this.engine = parseEngineId(props.engine);
  }
}
