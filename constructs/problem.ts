import type { DeclarationPlace } from "../base/declaration-place";

/** Something wrong with a declaration, with what to do about it. */
export interface Problem {
  /** A sentence without its full stop. */
  readonly what: string;
  readonly fix: string;
  readonly place: DeclarationPlace;
}
