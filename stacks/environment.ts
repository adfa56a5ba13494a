import type { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import { type EngineId, parseEngineId } from "../base/engine-id";
import { DeclarationError } from "../constructs/declaration-error";
import type { Guardrail } from "../constructs/guardrail";
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
  /** What must stay true whichever systems there are: `[nobody.mayReachSudo()]`. @default - those of the systems alone */
  readonly guardrails?: readonly Guardrail[];
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
  readonly place: DeclarationPlace;

  /** @throws DeclarationError, or UsageError when the engine is not written as `product@version` */
  constructor(
    readonly name: string,
    readonly props: EnvironmentProps,
  ) {
    this.place = new DeclarationPlace(Environment);
    this.engine = parseEngineId(props.engine);
    this.check(props);
  }

  private check({ server, keyShares, requestsPerSecond }: EnvironmentProps): void {
    // It names containers, volumes, folders and files.
    if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(this.name)) {
      this.refuse("cannot have that name", "Use up to 31 lower-case letters, digits and -.");
    }
    const { port = 8200, memoryMiB = 512 } = server ?? {};
    if (!(isCount(port) && port <= 65535)) {
      this.refuse(`wants port ${port}`, "Choose a whole number from 1 to 65535.");
    }
    if (!isCount(memoryMiB))
      this.refuse(`wants ${memoryMiB} MiB of memory`, "Choose a whole number above zero.");
    if (requestsPerSecond !== undefined && !(requestsPerSecond > 0)) {
      this.refuse(
        `takes ${requestsPerSecond} requests a second`,
        "Choose a number above zero, or leave it out.",
      );
    }
    const { shares, threshold } = keyShares ?? { shares: 1, threshold: 1 };
    // The engines refuse the rest when they initialise (vault/seal.go, SealConfig.Validate).
    const possible = isCount(shares) && isCount(threshold) && shares <= 255 && threshold <= shares;
    if (!possible || (shares > 1 && threshold === 1)) {
      this.refuse(
        `cannot be opened with ${threshold} of ${shares} key shares`,
        "Make it 1 of 1, or at least 2 of up to 255.",
      );
    }
  }

  private refuse(what: string, fix: string): never {
    throw new DeclarationError(`Environment "${this.name}" ${what}.`, fix, this.place);
  }
}

function isCount(number: number): boolean {
  return Number.isInteger(number) && number > 0;
}
