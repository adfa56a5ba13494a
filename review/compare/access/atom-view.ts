import type { AppliedApproval } from "../../approvals/apply-approvals";
import type { RevisionMount } from "../../model";
import type { MountMoves } from "../mount-moves";
import type { SecretNames } from "./secret-names";

/** What two access lists are compared with. */
export interface AtomView {
  /** The mounts of the head. */
  readonly mounts: readonly RevisionMount[];
  /** The mounts of the base: what needs sudo there follows from their types. @default those of the head */
  readonly earlierMounts?: readonly RevisionMount[];
  /** Mounts that only the base had: what is lost with them keeps its name. @default none */
  readonly gone?: readonly RevisionMount[];
  readonly names: SecretNames;
  /** The approvals of this principal. */
  readonly approvals: readonly AppliedApproval[];
  readonly moves: MountMoves;
  /** The most classes of paths to try. */
  readonly budget: number;
}
