import type { PolicyRule } from "../../policies/rule";
import type { Finding } from "../finding";
import type {
  Doubt,
  NamedSecret,
  Place,
  RevisionGuardrail,
  RevisionMount,
  RevisionPolicy,
  RevisionPrincipal,
} from "../model";

/**
 * What the page is given. It holds the rules themselves and not the answers: the page brings the evaluator of `policies/`
 * along, so every cell can be explained exactly, and nothing is computed that nobody looks at.
 */
export interface ReportData {
  readonly kind: "review" | "drift" | "map";
  /** Milliseconds since 1970, for rules that expire. */
  readonly now?: number;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  /** What is told of everything that is no finding: `Unchanged: 8 principals. Nothing is unknown.` */
  readonly closing?: string;
  /** Each different thing once; the sides name them by index. */
  readonly policies: readonly PackedPolicy[];
  readonly principals: readonly RevisionPrincipal[];
  readonly secrets: readonly NamedSecret[];
  /** The guardrails of the head, each with those who break it. */
  readonly guardrails: readonly JudgedGuardrail[];
  /** Ways to everything, on a map of one revision; a review has what changed of them among its findings. */
  readonly escalations: readonly Escalation[];
  /** Absent on a map of one revision. */
  readonly base?: PackedSide;
  readonly head: PackedSide;
}

/** A policy as the evaluator needs it, with where its rules stand. */
export interface PackedPolicy
  extends Pick<RevisionPolicy, "name" | "namespace" | "allowedInTemplates" | "expiration"> {
  readonly rules: readonly PolicyRule[];
  readonly place?: Place;
  /** By the index of the rule, where it is known better than `place`. */
  readonly rulePlaces?: readonly (Place | null)[];
  /** Why its text cannot be read. */
  readonly unreadable?: readonly string[];
}

/** One revision; numbers are indexes into the lists above. */
export interface PackedSide {
  readonly label: string;
  readonly engine: string;
  readonly mounts: readonly RevisionMount[];
  readonly policies: readonly number[];
  readonly principals: readonly number[];
  readonly secrets: readonly number[];
  readonly doubts: readonly Doubt[];
}

export interface JudgedGuardrail
  extends Pick<RevisionGuardrail, "words" | "system" | "owner" | "place" | "waivers"> {
  readonly breaches: readonly {
    readonly title: string;
    /** Nobody could prove that it holds. */
    readonly unknown: boolean;
    /** `update secret/data/app/db, by path "secret/data/*"`. */
    readonly how: string;
    readonly waived: boolean;
  }[];
}

/** How a principal gets everything, step by step. */
export interface Escalation {
  readonly title: string;
  readonly steps: readonly string[];
}
