import type { Place } from "../../model";
import type { RulePlaces } from "../../rule-places";
import type { MountMoves } from "../mount-moves";
import type { ComparedPair } from "../principal-pairs";
import type { AccessAtom } from "./access-atoms";
import { causeOfGain } from "./cause-of-gain";
import { causeOfLoss } from "./cause-of-loss";

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

/** Tells what made the difference on the path of an atom. */
export function causeOf(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
  const isGain = atom.kind === "gained" || atom.kind === "widened" || atom.kind === "changed";
  return isGain ? causeOfGain(atom, pair, view) : causeOfLoss(atom, pair, view);
}
