/**
 * How a part was come by. `PATH` and `given` are the user's own files; `cache` is never a source: a cached part keeps
 * the source it once came from, and `cached` says that nothing was fetched or built now.
 */
export type PartSource =
  | "PATH"
  | "given"
  | "cache"
  | "mirror"
  | "registry"
  | "release"
  | "go module"
  | "wheel"
  | "image registry"
  | "built here";

/** One tool that the project runs: where it is, which version it has and how it came there. */
export interface Part {
  readonly name: string;
  /** The version or the range of versions that would do. */
  readonly wanted: string;
  readonly version: string;
  /** An absolute path; for the engine's image, the reference that Docker knows it by. */
  readonly path: string;
  readonly source: PartSource;
  /** True when nothing was fetched or built in this run. */
  readonly cached: boolean;
  /** Of the file at `path`; of an image, its id. Absent for the user's own files, which are not ours to pin. */
  readonly sha256?: string;
}

/** One line of news about a part while it is being fetched or built. */
export interface ToolProgress {
  readonly part: string;
  readonly what: string;
}

export type Report = (progress: ToolProgress) => void;

/** A way that was tried for a part, and why it did not lead to it. */
export interface Tried {
  readonly way: string;
  readonly why: string;
}

/** What a look around found: the part, or why each place did not have it. */
export type Look<Found> = { readonly found: Found } | { readonly tried: readonly Tried[] };
