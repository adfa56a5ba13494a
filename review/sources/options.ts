import type { Catalog } from "../../catalog/catalog";

/** What a source is told, and what it is lent: what needs the stacks is handed in by the command line. */
export interface ReadRevisionOptions {
  /** The project's folder. @default the working directory */
  readonly project?: string;
  /** The folder that paths are relative to. @default the project's */
  readonly pathsFrom?: string;
  /** Whose semantics decide, `vault@1.21.1`, whatever the source says. @default the source's own */
  readonly engine?: string;
  /** For sources that name no engine: plans, states, folders of policies. @default openbao@2.7.2 */
  readonly defaultEngine?: string;
  /** The environment to synthesize at a git revision. @default dev */
  readonly environment?: string;
  /** Another engine than it declares there, to synthesize for. @default `engine`, else the declared one */
  readonly environmentEngine?: string;
  /** Synthesizes the working tree. @default there is none: the working tree is refused */
  readonly synthesize?: () => Promise<SynthesizedProject>;
  /** How `live` is reached; for an address, the token. @default there is none: servers are refused */
  readonly server?: (address: string | undefined) => Promise<ServerAccess>;
  /** Aborting it ends the work and removes what it made. @default never */
  readonly signal?: AbortSignal;
}

/** What synthesis leaves, as data. */
export interface SynthesizedProject {
  /** Each stack's `cdk.tf.json`. */
  readonly stacks: readonly { readonly id: string; readonly json: unknown }[];
  readonly catalog?: Catalog;
}

/** How to reach a server. The token is used for GET and LIST alone. */
export interface ServerAccess {
  /** Scheme, host and port. */
  readonly address: string;
  readonly token: string;
  readonly caFile?: string;
  /** The product and version that are expected there. @default what the server says of itself */
  readonly engine?: string;
}
