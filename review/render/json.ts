import type { Review } from "../finding";
import type { RenderOptions } from "./options";

/** The review in the format `json`. */
export function renderJson(review: Review, _options: RenderOptions = {}): string {
  return `${review.findings.length}\n`;
}
