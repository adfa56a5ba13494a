import { UsageError } from "../../base/errors";
import { rebasePlaces } from "../../review/pipeline/rebase-places";
import { RENDERERS, type RenderFormat } from "../../review/render/renderers";
import { terminalLook } from "../review-output";
import { readReviewFile } from "./review-file";

export interface ReviewRenderOptions {
  readonly review: string;
  readonly format: string;
  readonly folder?: string;
  readonly key?: string;
}

/** `strongroom review-render`: a review that was written as JSON, in another format, without reviewing again. */
export function reviewRenderCommand({ review, format, folder = "", key }: ReviewRenderOptions): void {
  if (!Object.hasOwn(RENDERERS, format))
    throw new UsageError(
      `--format is ${JSON.stringify(format)}.`,
      `Give one of ${Object.keys(RENDERERS).join(", ")}.`,
    );
  const render = RENDERERS[format as RenderFormat];
  const options = { ...terminalLook(), ...(key === undefined || key === "" ? {} : { key }) };
  process.stdout.write(render(rebasePlaces(readReviewFile(review), folder), options));
}
