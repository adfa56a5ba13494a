import { UsageError } from "../base/errors";
import { THRESHOLDS, type Threshold } from "../review/verdict";

/** What `--fail-on` says. @throws UsageError for a word that is no threshold */
export function thresholdOf(word: string): Threshold {
  const threshold = THRESHOLDS.find((each) => each === word);
  if (threshold) return threshold;
  throw new UsageError(`--fail-on ${word} is not possible.`, `Write one of ${THRESHOLDS.join(", ")}.`);
}
