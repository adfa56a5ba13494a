import type { ComparedCapability } from "../compare/grant";

/**
 * An invariant over an access model, as pure data: none of its subjects has any of what is forbidden. Made by the words of
 * vocabulary.ts, proved or refuted by check.ts. Root is bound by no guardrail, because it has no rules.
 */
export interface Guardrail {
  /** One sentence, without its full stop: `only goblin-ci may write values of secret/goblin-assistant/providers/{provider}`. */
  readonly words: string;
  readonly subject: Subject;
  readonly forbidden: readonly Forbidden[];
  readonly waivers: readonly Waiver[];
}

/** Whom a guardrail binds, by the names that principals have in the model: these, or all but these. */
export interface Subject {
  readonly kind: "all-but" | "these";
  readonly principals: readonly string[];
}

/** Capabilities that nobody bound may have on any path of a region; a region is written as a rule's path is. */
export interface Forbidden {
  readonly region: string;
  readonly capabilities: readonly ComparedCapability[];
}

/** A part of a guardrail that does not hold yet, with a reason and an end. */
export interface Waiver {
  readonly principal: string;
  readonly reason: string;
  /** RFC 3339; past it the guardrail binds again. */
  readonly until: string;
}

/** Whether a guardrail of this subject binds a principal, by its name in the model. */
export function isBound({ kind, principals }: Subject, principal: string): boolean {
  return principals.includes(principal) === (kind === "these");
}
