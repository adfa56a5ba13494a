import type { Place } from "../model";

/** How a review is to be shown. Every renderer takes the same options and leaves what it has no use for. */
export interface RenderOptions {
  /**
   * Columns of the terminal.
   * @default 110
   */
  readonly width?: number;
  /**
   * Whether the terminal may be given colour. Nothing is told by colour alone.
   * @default false
   */
  readonly colour?: boolean;
  /**
   * Whether the terminal and markdown name the engine's capabilities behind each intent. JSON and the HTML report always do.
   * @default false
   */
  readonly capabilities?: boolean;
  /** Where a reader finds more. */
  readonly urls?: RenderUrls;
  /**
   * Tells several reviews of one pull request apart, in the marker of the comment: letters, digits, `.`, `_` and `-`.
   * @default "default"
   */
  readonly key?: string;
  /**
   * What made the review, as it is to stand in JSON and SARIF.
   * @default the version of this project
   */
  readonly version?: string;
}

/** Addresses to link to. */
export interface RenderUrls {
  /** The page of a place in the head revision, for links in markdown; undefined where it has none. */
  readonly place?: (place: Place) => string | undefined;
  /** Where the whole review is, for what had to be left out: an address, or a file such as `access-map.html`. */
  readonly full?: string;
}
