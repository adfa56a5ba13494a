import type { MergedRule } from "../semantics/merged-rule";
import type { DifferenceKind } from "./difference-kind";
import type { ComparedCapability } from "./grant";

/** One difference in what two access lists allow, for all paths on which the same rules decide. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** `undefined` where it is not about a single one. */
  readonly capability: ComparedCapability | undefined;
  /** A path on which it shows. */
  readonly witness: string;
  /** Whether the witness is only a path for the rules, and no path that a request can have. */
  readonly aclOnly: boolean;
  /** The rules that decide the witness, as written; `undefined` where none matches. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly beforeRule: MergedRule | undefined;
  readonly afterRule: MergedRule | undefined;
  /** On how many classes of paths it was seen. */
  readonly classes: number;
  /** From when on it is so, in RFC 3339, where a rule that ends makes it so later. @default now */
  readonly from?: string;
  /** For `unknown`: why. */
  readonly reason?: string;
}

/** A difference that nobody can rule out. @param witness where it may show; `*` for anywhere */
export function unknown(reason: string, witness: string): Difference {
  return {
    kind: "unknown",
    capability: undefined,
    witness,
    aclOnly: true,
    before: undefined,
    after: undefined,
    beforeRule: undefined,
    afterRule: undefined,
    classes: 1,
    reason,
  };
}

const ORDER: readonly DifferenceKind[] = ["gained", "widened", "changed", "lost", "narrowed", "unknown"];

/** What opens something first, then by the path. */
export function byImportance(a: Difference, b: Difference): number {
  return (
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    (a.witness < b.witness ? -1 : a.witness > b.witness ? 1 : 0)
  );
}
