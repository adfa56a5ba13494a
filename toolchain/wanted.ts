import lock from "./lock.json";

/** A part that is built from a Go module by the committed go.mod and go.sum in `toolchain/modules/<directory>`. */
export interface ModulePin {
  readonly directory: string;
  readonly version: string;
  /** How long a first build takes on two cores, for the progress line. */
  readonly minutes: number;
}

export interface WheelPin {
  readonly tags: readonly string[];
  readonly sha256: string;
  readonly binarySha256: string;
}

export interface EnginePin {
  readonly image: { readonly reference: string; readonly digest?: string };
  readonly wheel?: { readonly project: string; readonly platforms: Readonly<Record<string, WheelPin>> };
  readonly module?: ModulePin;
}

export interface ProviderPin {
  /** Versions that the stacks work with. */
  readonly range: string;
  /** The version to take from a registry. */
  readonly registryVersion: string;
  /** The version that the module is. */
  readonly version: string;
  readonly module: ModulePin;
}

/**
 * toolchain/lock.json: the versions wanted, and the hash of everything that is fetched without a go.sum. It is the one
 * place to change when a tool is to be newer.
 */
export interface Lock {
  readonly terraform: { readonly range: string };
  readonly opentofu: { readonly range: string; readonly version: string; readonly module: ModulePin };
  readonly "provider-vault": ProviderPin;
  readonly "provider-docker": ProviderPin;
  readonly openbao: Readonly<Record<string, EnginePin>>;
  readonly vault: Readonly<Record<string, EnginePin>>;
}

export const wanted: Lock = lock;
