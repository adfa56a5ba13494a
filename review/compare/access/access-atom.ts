import type { ComparedCapability, Grant } from "../../../policies/compare/grant";
import type { AppliedApproval } from "../../approvals/apply-approvals";
import type { Subject } from "./subject";

/** The differences that are certain (policies/compare/difference-kind.ts). */
export type AccessKind = "gained" | "lost" | "widened" | "narrowed" | "changed";

/** One capability on one class of paths that two access lists decide differently. */
export interface AccessAtom {
  readonly kind: AccessKind;
  readonly capability: ComparedCapability;
  /** The path that shows it best; as the head names it, where a mount was moved. */
  readonly path: string;
  readonly aclOnly: boolean;
  readonly subject: Subject;
  /** Whether the path needs sudo, before and after. */
  readonly sudo: readonly [boolean, boolean];
  readonly was: Grant;
  readonly is: Grant;
  readonly approval: AppliedApproval | undefined;
}
