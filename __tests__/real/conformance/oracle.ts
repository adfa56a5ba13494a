import fc from "fast-check";
import type { Stage } from "./stage";

/** One way of asking an engine, with a generator of its own. */
export interface Oracle {
  readonly name: string;
  /** The facts that its generator is after; docs/conformance.md lists them. */
  readonly facts: string;
  /** Its part of all decisions, against the shares of the others. */
  readonly share: number;
  /** The one engine that has such a thing. @default both */
  readonly only?: "openbao" | "vault";
  /** Makes what it needs on the engine. */
  readonly prepare: (stage: Stage) => Promise<Round>;
}

/** Some generated cases, the same ones for the same seed. @returns the first disagreement, made as small as it gets */
export type Round = (seed: number, runs: number) => Promise<Mismatch | undefined>;

export interface Mismatch {
  readonly oracle: string;
  readonly seed: number;
  /** The generated case. */
  readonly counterexample: string;
  /** The question, our answer and theirs. */
  readonly difference: string;
}

/** A round that checks cases one after the other; `check` throws on a disagreement. */
export function roundOf<T>(
  oracle: string,
  cases: fc.Arbitrary<T>,
  check: (value: T) => Promise<void>,
): Round {
  const property = fc.asyncProperty(cases, check);
  return async (seed, runs) => {
    const details = await fc.check(property, { seed, numRuns: runs });
    if (!details.failed) return undefined;
    const { errorInstance } = details;
    const difference = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    return { oracle, seed, counterexample: fc.stringify(details.counterexample?.[0]), difference };
  };
}
