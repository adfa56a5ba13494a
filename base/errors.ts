/**
 * What the process exits with (docs/architecture.md): 1 a negative verdict, 2 usage, 3 operational or
 * undecidable, 4 conflict, 130 interrupted. 0 needs no error.
 */
export type FailureCode = 1 | 2 | 3 | 4 | 130;

/**
 * The one base class of errors that are meant for people: `what` is one sentence with the place in it, `nextStep`
 * tells what to do about it. Neither may ever hold the value of a secret.
 */
export abstract class StrongroomError extends Error {
  abstract readonly exitCode: FailureCode;

  constructor(
    readonly what: string,
    readonly nextStep: string,
    options?: ErrorOptions,
  ) {
    super(`${what}\n  ${nextStep}`, options);
    this.name = new.target.name;
  }
}

/** The question was answered, and the answer is no: a difference, a refusal, a broken promise. Exit code 1. */
export class VerdictError extends StrongroomError {
  readonly exitCode = 1;
}

/** The command, a flag or a declaration is wrong. Exit code 2. */
export class UsageError extends StrongroomError {
  readonly exitCode = 2;
}

/** Something outside the program failed, or could not be decided. Exit code 3. */
export class OperationalError extends StrongroomError {
  readonly exitCode = 3;
}

/** Somebody else holds or has changed what was about to be changed. Exit code 4. */
export class ConflictError extends StrongroomError {
  readonly exitCode = 4;
}

/** The person stopped it. Exit code 130. */
export class InterruptedError extends StrongroomError {
  readonly exitCode = 130;
}
