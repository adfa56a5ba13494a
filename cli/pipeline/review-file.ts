import { readFileSync, statSync } from "node:fs";
import { namedPath } from "../../base/called-from";
import { OperationalError } from "../../base/errors";
import type { Review } from "../../review/finding";
import { MOST_REVIEW_BYTES, readReview } from "../../review/pipeline/read-review";

/** A review that was written as JSON, from a file that may come from anybody. */
export function readReviewFile(name: string): Review {
  return readReview(textOf(name), name);
}

function textOf(name: string): string {
  const path = namedPath(name);
  try {
    const { size } = statSync(path);
    if (size <= MOST_REVIEW_BYTES) return readFileSync(path, "utf8");
  } catch (cause) {
    throw new OperationalError(
      `Cannot read the review ${name}.`,
      "Write it by `strongroom review --format json`.",
      { cause },
    );
  }
  throw new OperationalError(
    `The review ${name} has more than ${MOST_REVIEW_BYTES / 1_000_000} MB.`,
    "Review a smaller change.",
  );
}
