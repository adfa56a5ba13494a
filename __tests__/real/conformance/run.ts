import type { Mismatch, Oracle, Round } from "./oracle";
import type { Stage } from "./stage";

export interface ConformanceRun {
  readonly decisions: number;
  readonly seed: number;
  /** Ends the run after the round that is under way. */
  readonly stop?: AbortSignal;
  /** Called now and then. */
  readonly progress?: (done: number, mismatches: number) => void;
}

export interface ConformanceResult {
  /** Decisions by oracle. */
  readonly byOracle: ReadonlyMap<string, number>;
  readonly mismatches: readonly Mismatch[];
}

/** Cases that an oracle checks before the next one has its turn. */
const RUNS = 20;
/** An oracle that disagreed so often has been heard. */
const ENOUGH = 5;

/**
 * Asks the engine of the stage at least so many questions, shared out among the oracles, each of which is asked at least one
 * round. The same seed and number ask the same questions.
 */
export async function runConformance(
  stage: Stage,
  oracles: readonly Oracle[],
  run: ConformanceRun,
): Promise<ConformanceResult> {
  const byOracle = new Map<string, number>();
  const mismatches: Mismatch[] = [];
  const states: State[] = [];
  for (const oracle of oracles)
    states.push({ oracle, round: await oracle.prepare(stage), done: 0, rounds: 0, found: 0 });
  while (!run.stop?.aborted) {
    const done = states.reduce((sum, state) => sum + state.done, 0);
    const next = states
      .filter(({ found }) => found < ENOUGH)
      .map((state) => ({ state, part: state.done / state.oracle.share }))
      .sort((a, b) => a.part - b.part)[0]?.state;
    const everyoneAsked = states.every(({ rounds }) => rounds > 0);
    if (!next || (everyoneAsked && done >= run.decisions)) break;
    const before = stage.total;
    const mismatch = await next.round(seedOf(run.seed, next.oracle.name, next.rounds), RUNS);
    next.done += stage.total - before;
    next.rounds++;
    byOracle.set(next.oracle.name, next.done);
    if (mismatch) {
      next.found++;
      mismatches.push(mismatch);
    }
    run.progress?.(done, mismatches.length);
  }
  return { byOracle, mismatches };
}

interface State {
  readonly oracle: Oracle;
  readonly round: Round;
  done: number;
  rounds: number;
  found: number;
}

/** A seed for each round of each oracle, so that one can be repeated without the others. */
function seedOf(seed: number, name: string, round: number): number {
  let mixed = seed | 0;
  for (const character of `${name} ${round}`) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193);
  return mixed;
}
