import type { PolicyFinding } from "./language/finding";

/**
 * The one base class of this room's errors, shaped like every other error of the project: `what` is one sentence
 * with the place in it, `nextStep` tells what to do, `exitCode` is what a command line should end with.
 */
export abstract class PolicyError extends Error {
  abstract readonly exitCode: 1 | 2 | 3;

  constructor(
    readonly what: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(`${what}\n  ${nextStep}`, options);
    this.name = new.target.name;
  }
}

/** A policy document that the engine would refuse. `findings` holds everything wrong with it, in reading order. */
export class PolicySyntaxError extends PolicyError {
  readonly exitCode = 2;

  constructor(
    readonly findings: readonly PolicyFinding[],
    readonly file?: string,
  ) {
    const first = findings[0];
    const place = first ? `${first.span.start.line}:${first.span.start.column}` : "?";
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : "";
    super(
      `${file ?? "policy"}:${place}  ${first?.reason ?? "the policy is not valid"}${more}`,
      first?.fix ?? "Correct the document.",
    );
  }
}

/** A question that cannot be asked: an unknown engine, a malformed pattern, a contradictory guardrail. */
export class PolicyUsageError extends PolicyError {
  readonly exitCode = 2;
}

/** Policies that no engine puts together: `root` beside others. */
export class RootNotAlone extends PolicyUsageError {}
