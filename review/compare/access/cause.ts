import type { Place } from "../../model";
import type { RulePlaces } from "../../rule-places";
import type { MountMoves } from "../mount-moves";

/** Why a change came about, and the line to look at. */
export interface Cause {
  /** `because policies/readonly.hcl:3, which was added, outranks its list rule`; absent where the line says it all. */
  readonly because?: string;
  readonly place?: Place;
}

/** The two revisions as causes are told of them. */
export interface CauseView {
  readonly moves: MountMoves;
  readonly base: RulePlaces;
  readonly head: RulePlaces;
}
