import type { ComparedCapability } from "../compare/grant";
import type { Reached } from "../queries/reach";
import type { AccessList } from "../semantics/access-list";
import type { RuleSource } from "../semantics/merged-rule";
import { writtenPattern } from "../semantics/rank";
import type { Waiver } from "./guardrail";

/** One way in which a guardrail is broken, or may be. */
export interface Breach {
  readonly guardrail: string;
  readonly principal: string;
  /** `unknown` fails as `broken` does: nobody could prove that it holds. */
  readonly verdict: "broken" | "unknown";
  readonly capability: ComparedCapability | undefined;
  /** The part of what is forbidden that it is about. */
  readonly region: string;
  /** A path on which it shows. */
  readonly witness: string | undefined;
  /** Whether it is allowed under conditions only (parameters, wrapping, a second factor). */
  readonly conditional: boolean;
  /** The rule that allows it, as written, and the policies that have it. */
  readonly rule: string | undefined;
  readonly policies: readonly string[];
  /** The same rule where it stands: policy, index and text. */
  readonly sources: readonly RuleSource[];
  /** Why nobody can tell, for `unknown`: finishes a sentence after "because". */
  readonly reason?: string;
  /** From when on, in RFC 3339, where it is a rule that ends which makes it so. @default now */
  readonly from?: string;
  /** The waiver that excuses it, if it has not run out. */
  readonly waiver?: Waiver;
  /** The last waiver that did, until it ran out. */
  readonly expired?: Waiver;
  /** One sentence. */
  readonly message: string;
}

/** What its check found, of a guardrail and a principal. */
export type Verdict = Omit<Breach, "guardrail" | "principal" | "region" | "waiver" | "expired" | "from">;

type Asked = Pick<Breach, "guardrail" | "principal">;

/** A guardrail that a grant breaks. */
export function brokenBy(
  { guardrail, principal }: Asked,
  { capability, witness, level, rule }: Reached,
): Verdict {
  const written = rule && writtenPattern(rule.pattern);
  const sources = rule?.sources ?? [];
  return {
    verdict: "broken",
    capability,
    witness,
    conditional: level === "conditional",
    rule: written,
    policies: [...new Set(sources.map(({ policy }) => policy))],
    sources,
    message: `guardrail "${guardrail}": ${capability} ${witness} as ${principal} is allowed by path "${written}"`,
  };
}

/** A guardrail of which nobody can tell whether it holds in a region. @param reason finishes a sentence after "because" */
export function unknownOn({ guardrail, principal }: Asked, region: string, reason: string): Verdict {
  return {
    verdict: "unknown",
    capability: undefined,
    witness: undefined,
    conditional: false,
    rule: undefined,
    policies: [],
    sources: [],
    reason,
    message: `guardrail "${guardrail}": nobody can tell what ${principal} may do on ${region}, because ${reason}`,
  };
}

/** Why nobody can tell what an access list grants. */
export function doubtOf({ dialect, uncertain }: AccessList): string {
  const [first] = uncertain;
  if (dialect.inexact !== undefined) return dialect.inexact;
  if (!first) return "there are too many kinds of paths to look at";
  const { rule, policy } = first.source;
  return `only a login tells what path "${rule.path}" of policy ${policy} stands for`;
}
