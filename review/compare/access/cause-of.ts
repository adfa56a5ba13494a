import type { ComparedPair } from "../compared-pairs";
import type { AccessAtom } from "./access-atom";
import type { Cause, CauseView } from "./cause";
import { causeOfGain } from "./cause-of-gain";
import { causeOfLoss } from "./cause-of-loss";

/** Tells what made the difference on the path of an atom. */
export function causeOf(atom: AccessAtom, pair: ComparedPair, view: CauseView): Cause {
  const isGain = atom.kind === "gained" || atom.kind === "widened" || atom.kind === "changed";
  return isGain ? causeOfGain(atom, pair, view) : causeOfLoss(atom, pair, view);
}
